using Waybill.TestParts;

namespace Waybill.Infrastructure.Tests.Kubernetes;

[CollectionDefinition(nameof(KubeApiServer))]
public sealed class KubeApiServerCollection : ICollectionFixture<KubeApiServerFixture>;
