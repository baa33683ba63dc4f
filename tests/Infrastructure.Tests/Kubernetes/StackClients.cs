using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.Kubernetes;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>The client as the product makes it: from settings.</summary>
internal static class StackClients
{
    public const string Cluster = "local";

    public static readonly string Commit = new('c', 40);

    public static ServiceProvider Create(string kubeconfig, string timeout = "10s")
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"Clusters:{Cluster}:Kubeconfig"] = kubeconfig,
            [$"Clusters:{Cluster}:Timeout"] = timeout,
        }).Build();
        return new ServiceCollection().AddWaybillKubernetes(settings).BuildServiceProvider();
    }

    public static IStackClient Client(this ServiceProvider services) => services.GetRequiredService<IStackClient>();

    public static StackReference Stack(string @namespace, string name = "dev") => new(Cluster, @namespace, name);
}
