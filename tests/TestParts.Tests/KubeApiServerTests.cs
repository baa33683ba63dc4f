using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Xunit.Abstractions;

namespace Waybill.TestParts.Tests;

[Collection(nameof(KubeApiServer))]
public sealed class KubeApiServerTests(KubeApiServerFixture fixture, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task It_serves_the_operators_resources()
    {
        using var client = fixture.Server.CreateClient();

        var definitions = await client.ApiextensionsV1.ListCustomResourceDefinitionAsync();

        output.WriteLine($"definitions: {fixture.Server.DefinitionsOrigin}");
        Assert.Subset(
            definitions.Items.Select(definition => definition.Name()).ToHashSet(),
            new HashSet<string> { "stacks.pulumi.com", "workspaces.auto.pulumi.com", "updates.auto.pulumi.com" });
    }

    [SkippableTheory]
    [InlineData("stacks.yaml")]
    [InlineData("workspaces.yaml")]
    [InlineData("updates.yaml")]
    public async Task It_accepts_the_tests_own_definitions_too(string file)
    {
        using var client = fixture.Server.CreateClient();
        var own = await KubernetesYaml.LoadFromFileAsync<V1CustomResourceDefinition>(
            RepositoryRoot.Combine("tests", "TestParts", "Crds", file));
        var served = await client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(own.Name());
        own.Metadata.ResourceVersion = served.ResourceVersion();

        var answer = await client.ApiextensionsV1.ReplaceCustomResourceDefinitionAsync(own, own.Name(), dryRun: "All");

        Assert.Equal(served.Spec.Group, answer.Spec.Group);
    }

    [SkippableFact]
    public async Task A_merge_patch_of_the_commit_bumps_the_generation()
    {
        using var stacks = await Stacks.InNewNamespaceAsync(fixture.Server);
        var created = await stacks.CreateAsync("dev");

        using var answer = await stacks.PatchAsync("dev", """{"spec":{"commit":"bbbb","branch":null}}""");

        Assert.Equal(1, Generation(created));
        Assert.Equal(2, Generation(await Stacks.ReadAsync(answer)));
    }

    [SkippableFact]
    public async Task A_patch_of_the_status_leaves_the_generation_and_changes_the_version()
    {
        using var stacks = await Stacks.InNewNamespaceAsync(fixture.Server);
        var created = await stacks.CreateAsync("dev");

        using var answer = await stacks.PatchAsync("dev/status", """{"status":{"observedGeneration":1},"spec":{"commit":"cccc"}}""");

        var patched = await Stacks.ReadAsync(answer);
        Assert.Equal(1, Generation(patched));
        Assert.Equal(1, patched["status"]!["observedGeneration"]!.GetValue<long>());
        Assert.Equal(created["spec"]!["commit"]!.GetValue<string>(), patched["spec"]!["commit"]!.GetValue<string>());
        Assert.NotEqual(Version(created), Version(patched));
    }

    [SkippableFact]
    public async Task A_stale_replacement_is_a_conflict()
    {
        using var stacks = await Stacks.InNewNamespaceAsync(fixture.Server);
        var stale = await stacks.CreateAsync("dev");
        using var patched = await stacks.PatchAsync("dev", """{"spec":{"commit":"bbbb"}}""");

        using var answer = await stacks.PutAsync("dev", stale);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [SkippableFact]
    public async Task A_merge_patch_on_a_stale_version_is_a_conflict()
    {
        using var stacks = await Stacks.InNewNamespaceAsync(fixture.Server);
        var stale = Version(await stacks.CreateAsync("dev"));
        using var patched = await stacks.PatchAsync("dev", """{"spec":{"commit":"bbbb"}}""");

        using var answer = await stacks.PatchAsync(
            "dev", $$$"""{"metadata":{"resourceVersion":"{{{stale}}}"},"spec":{"commit":"cccc"}}""");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [SkippableTheory]
    [InlineData("""{"commit":"aaaa"}""")]
    [InlineData("""{"stack":"org/project/dev","commit":42}""")]
    public async Task A_spec_that_breaks_the_schema_is_unprocessable(string spec)
    {
        using var stacks = await Stacks.InNewNamespaceAsync(fixture.Server);

        using var answer = await stacks.PostAsync("dev", JsonNode.Parse(spec)!);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    private static long Generation(JsonNode stack) => stack["metadata"]!["generation"]!.GetValue<long>();

    private static string Version(JsonNode stack) => stack["metadata"]!["resourceVersion"]!.GetValue<string>();
}
