using System.Net;
using k8s;
using k8s.Models;

namespace Waybill.TestParts.Tests;

[Collection(nameof(KubeApiServer))]
public sealed class KubeApiServerAccountsTests(KubeApiServerFixture fixture)
{
    private static readonly V1PolicyRule ReadStacks = new()
    {
        ApiGroups = ["pulumi.com"],
        Resources = ["stacks"],
        Verbs = ["get", "list"],
    };

    [SkippableFact]
    public async Task An_account_may_do_what_it_was_granted_and_no_more()
    {
        var server = fixture.Server;
        var home = await server.CreateNamespaceAsync();
        using var admin = new Stacks(server.CreateHttpClient(), home);
        await admin.CreateAsync("dev");
        using var reader = admin.With(
            server.CreateHttpClient(await server.CreateServiceAccountTokenAsync(home, "reader", ReadStacks)));

        using var read = await reader.GetAsync("dev");
        using var patched = await reader.PatchAsync("dev", """{"spec":{"commit":"bbbb"}}""");

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, patched.StatusCode);
    }

    [SkippableFact]
    public async Task A_grant_ends_at_its_namespace()
    {
        var server = fixture.Server;
        using var elsewhere = await Stacks.InNewNamespaceAsync(server);
        await elsewhere.CreateAsync("dev");
        var home = await server.CreateNamespaceAsync();
        using var reader = elsewhere.With(
            server.CreateHttpClient(await server.CreateServiceAccountTokenAsync(home, "reader", ReadStacks)));

        using var read = await reader.GetAsync("dev");

        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
    }

    [SkippableFact]
    public async Task An_unknown_token_is_unauthorized()
    {
        using var nobody = fixture.Server.CreateHttpClient("nobody-knows-this-token");

        using var answer = await nobody.GetAsync("api/v1/namespaces");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [SkippableFact]
    public async Task A_kubeconfig_file_leads_to_the_server()
    {
        var server = fixture.Server;
        using var folder = new TemporaryFolder();
        var path = await server.WriteKubeconfigAsync(folder.Combine("kubeconfig"), context: "prod-cluster");

        using var client = new Kubernetes(
            KubernetesClientConfiguration.BuildConfigFromConfigFile(path, currentContext: "prod-cluster"));
        var version = await client.Version.GetCodeAsync();

        Assert.StartsWith("v1.", version.GitVersion, StringComparison.Ordinal);
    }
}
