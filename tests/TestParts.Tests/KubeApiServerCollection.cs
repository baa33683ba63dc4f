namespace Waybill.TestParts.Tests;

[CollectionDefinition(nameof(KubeApiServer))]
public sealed class KubeApiServerCollection : ICollectionFixture<KubeApiServerFixture>;
