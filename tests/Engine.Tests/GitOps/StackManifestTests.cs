using Waybill.Engine.GitOps;

namespace Waybill.Engine.Tests.GitOps;

public sealed class StackManifestTests
{
    private const string Stack = """
        # The dev environment.
        apiVersion: pulumi.com/v1
        kind: Stack
        metadata: {name: shop-dev, namespace: apps}
        spec:
          stack: acme/shop/dev
          envRefs: {TOKEN: {type: Secret, secret: {name: s, key: k}}}
          commit: 83a110c39915d109a0d3f7612ec2390cbc9a156a # now
        """;

    [Fact]
    public void A_Stack_is_found_among_the_documents_of_a_file()
    {
        var yaml = $"kind: ConfigMap\n---\n{Stack}\n---\n[a, list]\n---\n{Stack.Replace("shop-dev", "shop-preview", StringComparison.Ordinal)}\n  preview: true\n";

        Assert.Equal(
            [
                new StackManifest("shop-dev", "apps", "83a110c39915d109a0d3f7612ec2390cbc9a156a", false),
                new StackManifest("shop-preview", "apps", "83a110c39915d109a0d3f7612ec2390cbc9a156a", true),
            ],
            StackManifest.ReadAll(yaml));
    }

    [Fact]
    public void What_the_manifest_leaves_out_stays_open()
    {
        var stack = Assert.Single(StackManifest.ReadAll("apiVersion: pulumi.com/v1\nkind: Stack\nmetadata:\n  name: a\nspec:\n  branch: main\n"));

        Assert.Equal(new StackManifest("a", null, null, false), stack);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("{ not: [yaml")]
    [InlineData("apiVersion: example.com/v1\nkind: Stack\nmetadata: {name: a}")]
    [InlineData("apiVersion: pulumi.com/v1\nkind: Program\nmetadata: {name: a}")]
    [InlineData("apiVersion: pulumi.com/v1\nkind: Stack\nmetadata: none")]
    [InlineData("? [complex, key]\n: [value]\nkind: [Stack]")]
    [InlineData("&a [*a]")]
    public void A_file_without_Stacks_has_none(string yaml) => Assert.Empty(StackManifest.ReadAll(yaml));

    [Fact]
    public void Depth_costs_nothing() => Assert.Empty(StackManifest.ReadAll($"kind: {new string('[', 500)}{new string(']', 500)}"));
}
