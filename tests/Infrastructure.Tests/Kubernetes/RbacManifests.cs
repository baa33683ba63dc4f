using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Waybill.TestParts;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>The manifests that give Waybill its rights on a cluster, applied as the deploy guide says.</summary>
internal static class RbacManifests
{
    private const string AccountNamespace = "waybill";

    /// <summary>The role for namespaces with Stacks.</summary>
    public const string Promoter = "waybill-promoter";

    /// <summary>The role for Argo CD's namespace.</summary>
    public const string ArgoCd = "waybill-argocd";

    /// <summary>Lets Waybill's service account into a namespace, and returns a token of that account.</summary>
    public static async Task<string> GrantToServiceAccountAsync(KubeApiServer server, string @namespace, string role = Promoter)
    {
        using var admin = server.CreateClient();
        await UnlessThereAsync(() => admin.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { Name = AccountNamespace } }));
        await ApplyAsync(admin, Read("rbac.yaml"));
        await ApplyAsync(admin, Read("service-account.yaml")
            .Replace("STACKS_NAMESPACE", @namespace, StringComparison.Ordinal)
            .Replace(Promoter, role, StringComparison.Ordinal));
        return await server.CreateServiceAccountTokenAsync(AccountNamespace, "waybill");
    }

    /// <summary>Lets an Entra identity into a namespace, by its object ID.</summary>
    public static async Task GrantToEntraIdentityAsync(KubeApiServer server, string @namespace, string objectId)
    {
        using var admin = server.CreateClient();
        await ApplyAsync(admin, Read("rbac.yaml"));
        await ApplyAsync(admin, Read("entra.yaml")
            .Replace("STACKS_NAMESPACE", @namespace, StringComparison.Ordinal)
            .Replace("IDENTITY_OBJECT_ID", objectId, StringComparison.Ordinal));
    }

    private static string Read(string file) => File.ReadAllText(RepositoryRoot.Combine("infra", "cluster", file));

    private static async Task ApplyAsync(k8s.Kubernetes admin, string manifest)
    {
        foreach (var document in KubernetesYaml.LoadAllFromString(manifest))
        {
            await UnlessThereAsync(() => CreateAsync(admin, document));
        }
    }

    private static Task CreateAsync(k8s.Kubernetes admin, object document) => document switch
    {
        V1ClusterRole role => admin.RbacAuthorizationV1.CreateClusterRoleAsync(role),
        V1RoleBinding binding => admin.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(binding, binding.Namespace()),
        V1ServiceAccount account => admin.CoreV1.CreateNamespacedServiceAccountAsync(account, account.Namespace()),
        _ => throw new NotSupportedException($"infra/cluster holds a {document.GetType().Name}: say here how to create it."),
    };

    private static async Task UnlessThereAsync(Func<Task> create)
    {
        try
        {
            await create();
        }
        catch (HttpOperationException ex) when (ex.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // Another test of this server applied it before.
        }
    }
}
