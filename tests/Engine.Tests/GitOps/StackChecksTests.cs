using Waybill.Domain.Promotions;
using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using Waybill.Engine.GitOps;
using Waybill.Engine.Tests.Builders;

namespace Waybill.Engine.Tests.GitOps;

public sealed class StackChecksTests
{
    private const string Promoted = "83a110c39915d109a0d3f7612ec2390cbc9a156a";

    [Fact]
    public void A_pushed_manifest_with_the_freights_commit_is_what_the_stage_is_judged_by()
    {
        var checks = new StackChecks(new GitOpsOptions { Cluster = "live", Namespace = "apps" });

        var found = checks.Find(Promotion(), [Stack("dev", Promoted), Stack("preview", Promoted, "  preview: true\n"), Stack("dev", Promoted)]);

        Assert.Equal(
            [
                new StackHealthCheck(new StackReference("live", "apps", "dev"), Promoted, "up") { ArrivesThroughGit = true },
                new StackHealthCheck(new StackReference("live", "apps", "preview"), Promoted, "preview") { ArrivesThroughGit = true },
            ],
            found);
    }

    [Theory]
    [InlineData("live", "9999999999999999999999999999999999999999")]
    [InlineData(null, Promoted)]
    public void Another_commit_or_an_unknown_cluster_tells_nothing(string? cluster, string commit) =>
        Assert.Empty(new StackChecks(new GitOpsOptions { Cluster = cluster }).Find(Promotion(), [Stack("dev", commit)]));

    private static string Stack(string name, string commit, string more = "") =>
        $"apiVersion: pulumi.com/v1\nkind: Stack\nmetadata:\n  name: {name}\nspec:\n  commit: {commit}\n{more}";

    private static Promotion Promotion()
    {
        var freight = FreightReference.To(A.Freight(Promoted, "app", A.Noon));
        return new Promotion
        {
            Project = A.Project,
            Name = "dev.01.83a110c",
            Stage = "dev",
            Freight = freight,
            Collection = new Dictionary<string, FreightReference> { ["app"] = freight },
            Actor = "ada",
            CreatedAt = A.Noon,
        };
    }
}
