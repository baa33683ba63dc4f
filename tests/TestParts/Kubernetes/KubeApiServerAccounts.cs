using System.Net;
using k8s;
using k8s.Autorest;
using k8s.KubeConfigModels;
using k8s.Models;

namespace Waybill.TestParts;

/// <summary>Who may do what on a test's API server: namespaces, service accounts, grants, kubeconfig files.</summary>
public static class KubeApiServerAccounts
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    /// <summary>Creates a namespace with a name of its own, so that tests on one server do not meet.</summary>
    public static async Task<string> CreateNamespaceAsync(this KubeApiServer server, string prefix = "test")
    {
        using var client = server.CreateClient();
        var created = await client.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { GenerateName = $"{prefix}-" } });
        return created.Name();
    }

    /// <summary>
    /// A token of a service account in an existing namespace, good for an hour; the account is made where it is missing,
    /// and granted the rules in its namespace.
    /// </summary>
    public static async Task<string> CreateServiceAccountTokenAsync(
        this KubeApiServer server, string @namespace, string account, params V1PolicyRule[] rules)
    {
        using var client = server.CreateClient();
        var metadata = new V1ObjectMeta { Name = account, NamespaceProperty = @namespace };
        await UnlessThereAsync(() => client.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = metadata }, @namespace));
        if (rules.Length > 0)
        {
            await GrantAsync(client, metadata, rules);
        }

        var request = new Authenticationv1TokenRequest
        {
            Spec = new V1TokenRequestSpec { Audiences = [], ExpirationSeconds = (long)TokenLifetime.TotalSeconds },
        };
        var answer = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, account, @namespace);
        return answer.Status.Token;
    }

    /// <summary>Writes a kubeconfig file with one context of the given name, and returns its path.</summary>
    public static async Task<string> WriteKubeconfigAsync(
        this KubeApiServer server, string path, string? token = null, string context = "waybill")
    {
        var cluster = new ClusterEndpoint
        {
            Server = server.BaseAddress.GetLeftPart(UriPartial.Authority),
            CertificateAuthorityData = Convert.ToBase64String(
                System.Text.Encoding.ASCII.GetBytes(server.Authority.ExportCertificatePem())),
        };
        var config = new K8SConfiguration
        {
            ApiVersion = "v1",
            Kind = "Config",
            CurrentContext = context,
            Clusters = [new Cluster { Name = context, ClusterEndpoint = cluster }],
            Users = [new User { Name = context, UserCredentials = new UserCredentials { Token = token ?? server.AdminToken } }],
            Contexts = [new Context { Name = context, ContextDetails = new ContextDetails { Cluster = context, User = context } }],
        };
        await File.WriteAllTextAsync(path, KubernetesYaml.Serialize(config));
        return path;
    }

    private static async Task GrantAsync(Kubernetes client, V1ObjectMeta metadata, V1PolicyRule[] rules)
    {
        await client.RbacAuthorizationV1.CreateNamespacedRoleAsync(
            new V1Role { Metadata = metadata, Rules = rules }, metadata.NamespaceProperty);
        var binding = new V1RoleBinding
        {
            Metadata = metadata,
            RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = metadata.Name },
            Subjects =
            [
                new Rbacv1Subject
                {
                    Kind = "ServiceAccount",
                    Name = metadata.Name,
                    NamespaceProperty = metadata.NamespaceProperty,
                },
            ],
        };
        await client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(binding, metadata.NamespaceProperty);
    }

    private static async Task UnlessThereAsync(Func<Task> create)
    {
        try
        {
            await create();
        }
        catch (HttpOperationException ex) when (ex.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // It is there already.
        }
    }
}
