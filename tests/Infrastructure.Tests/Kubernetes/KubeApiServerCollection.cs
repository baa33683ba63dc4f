using Waybill.TestParts;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>The tests that share the assembly's one real kube-apiserver.</summary>
[CollectionDefinition(nameof(KubeApiServer))]
public sealed class KubeApiServerCollection : ICollectionFixture<KubeApiServerFixture>;
