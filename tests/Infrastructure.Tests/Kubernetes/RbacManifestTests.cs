using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.ArgoCd;
using Waybill.Infrastructure.Kubernetes;
using Waybill.Simulation.ArgoCd;
using Waybill.TestParts;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>infra/cluster lets Waybill do what it does, and nothing else: asked of a real API server.</summary>
[Collection(nameof(KubeApiServer))]
public sealed class RbacManifestTests(KubeApiServerFixture fixture) : IDisposable
{
    private const string Stacks = "apis/pulumi.com/v1/namespaces/{0}/stacks";
    private const string Auto = "apis/auto.pulumi.com/v1alpha1/namespaces/{0}";
    private const string Core = "api/v1/namespaces/{0}";
    private const string Commit = """{"metadata":{"annotations":{"pulumi.com/reconciliation-request":"p.1"}},"spec":{"commit":"bbbb","branch":null}}""";
    private const string Status = """{"status":{"observedGeneration":99}}""";
    private const string Identity = "6f1b6a0e-4f9e-4a37-9d0c-0f2d3b9a7c11";

    private static readonly Dictionary<string, string[]> Needed = new()
    {
        [RbacManifests.Promoter] = ["get stacks", "patch stacks", "get workspaces", "get updates"],
        [RbacManifests.ArgoCd] = ["get applications", "list applications", "patch applications"],
    };

    private static readonly string[] Verbs =
        ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "bind", "escalate", "impersonate"];

    private static readonly (string Group, string Resource)[] Resources =
    [
        ("pulumi.com", "stacks"), ("pulumi.com", "stacks/status"), ("pulumi.com", "programs"),
        ("auto.pulumi.com", "workspaces"), ("auto.pulumi.com", "workspaces/status"),
        ("auto.pulumi.com", "updates"), ("auto.pulumi.com", "updates/status"),
        ("", "secrets"), ("", "configmaps"), ("", "pods"), ("", "pods/exec"), ("", "serviceaccounts/token"), ("", "events"),
        ("argoproj.io", "applications"), ("argoproj.io", "applications/status"), ("argoproj.io", "appprojects"), ("argoproj.io", "applicationsets"),
        ("rbac.authorization.k8s.io", "roles"), ("rbac.authorization.k8s.io", "rolebindings"),
    ];

    private readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public async Task It_suffices_for_every_call_of_the_client()
    {
        var stack = new StackReference("prod", await CreateStackAsync(), "dev");
        await using var services = ConnectWithoutUser(await RbacManifests.GrantToServiceAccountAsync(fixture.Server, stack.Namespace));
        var client = services.GetRequiredService<IStackClient>();

        var read = await client.GetStackAsync(stack, default);
        var patched = await client.RequestRunAsync(stack, read!.ResourceVersion, new string('b', 40), "p.1", default);
        var workspace = await client.GetWorkspaceAsync(stack, default);
        var update = await client.GetUpdateAsync(stack, "dev-1", default);

        Assert.Equal(new string('b', 40), patched.Commit);
        // There are none yet; being told so takes the same right as reading one.
        Assert.Null(workspace);
        Assert.Null(update);
    }

    [SkippableFact]
    public async Task It_suffices_for_every_call_about_Applications()
    {
        var home = await fixture.Server.CreateNamespaceAsync();
        using var admin = fixture.Server.CreateClient();
        await new SimulatedApplication("infra", "https://github.com/org/manifests", "stacks") { Namespace = home }.CreateAsync(admin);
        await using var services = ConnectWithoutUser(await RbacManifests.GrantToServiceAccountAsync(fixture.Server, home, RbacManifests.ArgoCd));
        var client = services.GetRequiredService<IArgoCdClient>();

        var read = await client.GetAsync(client.Locate(home, "infra"), default);
        await client.SyncAsync(read!, new("p1", "ada", IsAutomated: false, null), default);
        await client.RefreshAsync(read!.Reference, hard: false, default);
        var listed = await client.ListAsync(home, "!no-such-label", default);

        Assert.Equal("p1", Assert.Single(listed).Requested?.Promotion);
    }

    [SkippableTheory]
    [InlineData("DELETE", Stacks + "/dev", null)]
    [InlineData("GET", Stacks, null)]
    [InlineData("GET", Stacks + "?watch=true", null)]
    [InlineData("PATCH", Stacks + "/dev/status", Status)]
    [InlineData("PATCH", Auto + "/workspaces/dev", Status)]
    [InlineData("DELETE", Auto + "/updates/dev-1", null)]
    [InlineData("GET", Core + "/secrets/pulumi", null)]
    [InlineData("GET", Core + "/secrets", null)]
    [InlineData("GET", Core + "/pods", null)]
    public async Task Anything_more_is_refused(string method, string path, string? body)
    {
        var home = await CreateStackAsync();
        using var waybill = fixture.Server.CreateHttpClient(await RbacManifests.GrantToServiceAccountAsync(fixture.Server, home));

        using var answer = await CallAsync(waybill, method, path, home, body);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [SkippableTheory]
    [InlineData(RbacManifests.Promoter)]
    [InlineData(RbacManifests.ArgoCd)]
    public async Task Of_all_verbs_on_all_resources_nearby_exactly_what_Waybill_calls_is_allowed(string role)
    {
        var home = await fixture.Server.CreateNamespaceAsync();
        using var waybill = fixture.Server.CreateClient(await RbacManifests.GrantToServiceAccountAsync(fixture.Server, home, role));

        List<string> allowed = [];
        foreach (var (group, resource) in Resources)
        {
            foreach (var verb in Verbs)
            {
                if (await MayAsync(waybill, home, verb, group, resource))
                {
                    allowed.Add($"{verb} {resource}");
                }
            }
        }

        Assert.Equal(Needed[role].Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task The_grant_ends_at_its_namespace()
    {
        var elsewhere = await CreateStackAsync();
        var home = await fixture.Server.CreateNamespaceAsync();
        using var waybill = fixture.Server.CreateHttpClient(await RbacManifests.GrantToServiceAccountAsync(fixture.Server, home));

        using var answer = await CallAsync(waybill, "GET", Stacks + "/dev", elsewhere, null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [SkippableTheory]
    [InlineData(Identity, "PATCH", Stacks + "/dev", Commit, HttpStatusCode.OK)]
    [InlineData(Identity, "PATCH", Stacks + "/dev/status", Status, HttpStatusCode.Forbidden)]
    [InlineData("00000000-0000-0000-0000-000000000000", "GET", Stacks + "/dev", null, HttpStatusCode.Forbidden)]
    public async Task The_Entra_binding_lets_in_the_identity_it_names(
        string objectId, string method, string path, string? body, HttpStatusCode expected)
    {
        var home = await CreateStackAsync();
        await RbacManifests.GrantToEntraIdentityAsync(fixture.Server, home, Identity);
        // No Entra here: the administrator acts as the user that AKS would make of the identity's token.
        using var asIdentity = fixture.Server.CreateHttpClient();
        asIdentity.DefaultRequestHeaders.Add("Impersonate-User", objectId);

        using var answer = await CallAsync(asIdentity, method, path, home, body);

        Assert.Equal(expected, answer.StatusCode);
    }

    public void Dispose() => _folder.Dispose();

    // As docs/deploy.md sets a cluster up: the kubeconfig names the server and no user, the token comes from the identity.
    private ServiceProvider ConnectWithoutUser(string token)
    {
        var kubeconfig = _folder.Combine("prod.kubeconfig");
        File.WriteAllText(kubeconfig, $$"""
            apiVersion: v1
            kind: Config
            clusters:
            - cluster:
                certificate-authority-data: {{Convert.ToBase64String(Encoding.ASCII.GetBytes(fixture.Server.Authority.ExportCertificatePem()))}}
                server: {{fixture.Server.BaseAddress.GetLeftPart(UriPartial.Authority)}}
              name: my-aks
            contexts:
            - context:
                cluster: my-aks
                user: ""
              name: prod
            current-context: prod
            users: null
            """);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Clusters:prod:Kubeconfig"] = kubeconfig })
            .Build();
        return new ServiceCollection()
            .AddWaybillKubernetes(settings)
            .AddWaybillArgoCd(settings)
            .PostConfigure<KubernetesOptions>(options => options.Clusters["prod"].Token = _ => Task.FromResult(token))
            .BuildServiceProvider();
    }

    private async Task<string> CreateStackAsync()
    {
        var home = await fixture.Server.CreateNamespaceAsync();
        using var admin = fixture.Server.CreateHttpClient();
        var stack = new JsonObject
        {
            ["apiVersion"] = "pulumi.com/v1",
            ["kind"] = "Stack",
            ["metadata"] = new JsonObject { ["name"] = "dev" },
            ["spec"] = new JsonObject { ["stack"] = "org/project/dev", ["commit"] = new string('a', 40) },
        };
        using var answer = await admin.PostAsJsonAsync(At(Stacks, home), stack);
        answer.EnsureSuccessStatusCode();
        return home;
    }

    private static async Task<HttpResponseMessage> CallAsync(HttpClient client, string method, string path, string @namespace, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), At(path, @namespace));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/merge-patch+json");
        }

        return await client.SendAsync(request);
    }

    private static async Task<bool> MayAsync(k8s.Kubernetes client, string @namespace, string verb, string group, string resource)
    {
        var parts = resource.Split('/');
        var review = await client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(new V1SelfSubjectAccessReview
        {
            Spec = new V1SelfSubjectAccessReviewSpec
            {
                ResourceAttributes = new V1ResourceAttributes
                {
                    NamespaceProperty = @namespace,
                    Verb = verb,
                    Group = group,
                    Resource = parts[0],
                    Subresource = parts.ElementAtOrDefault(1),
                },
            },
        });
        return review.Status.Allowed;
    }

    private static Uri At(string path, string @namespace) =>
        new(path.Replace("{0}", @namespace, StringComparison.Ordinal), UriKind.Relative);
}
