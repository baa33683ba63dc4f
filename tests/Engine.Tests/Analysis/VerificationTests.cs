using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;
using static Waybill.Domain.Auditing.AuditAction;

namespace Waybill.Engine.Tests.Analysis;

/// <summary>Verification by a stage's analysis, from the promotion to the freight.</summary>
public sealed class VerificationTests
{
    [Theory]
    [InlineData("{\"ok\":true}", VerificationPhase.Successful, true)]
    [InlineData("{\"ok\":false}", VerificationPhase.Failed, false)]
    public async Task The_condition_decides_whether_freight_is_verified(string answer, VerificationPhase phase, bool isVerified)
    {
        await using var world = await WorldAsync(Metric.Web());
        world.Internet.Answers(Metric.Url, answer);
        var freight = await world.FreightAsync();

        var promotion = await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        Assert.Equal((PromotionPhase.Succeeded, phase), (promotion.Phase, promotion.Verification!.Phase));
        Assert.Equal(isVerified, (await world.LoadAsync(freight)).IsVerifiedIn("dev"));
        Assert.Equal(isVerified ? FreightVerified : VerificationFailed, (await world.AuditAsync())[^1]);
        Assert.False((await world.StageAsync("dev")).IsBusy);
        var run = Assert.Single(promotion.Verification.Runs);
        Assert.Equal((phase, "dev"), (run.Phase, run.Name.Split('.')[0]));
        var measurement = Assert.Single(Assert.Single(run.Results).Measurements);
        Assert.Equal((phase, answer), (measurement.Phase, measurement.Value));
    }

    [Fact]
    public async Task Arguments_are_evaluated_when_it_starts_and_put_into_the_request_and_the_condition()
    {
        await using var world = await WorldAsync(new AnalysisPlan
        {
            Arguments = [new("commit-id", $$$"""${{ commitFrom("{{{A.Repo}}}").ID }}"""), new("token", null, new SecretKeyReference("pulumi", "TOKEN"))],
            Metrics = [new MetricSpec
            {
                Name = "head",
                SuccessCondition = "result.head == \"{{args.commit-id}}\"",
                Provider = new WebMetric { Url = Metric.Url, Headers = [new("Authorization", "token {{ args.token }}")] },
            }],
        });
        world.Vault.Secrets["pulumi"] = new() { ["TOKEN"] = "s3cr3t" };
        var freight = await world.FreightAsync();
        world.Internet.Answers(Metric.Url, $$"""{"head":"{{freight.Commits[0].Id}}","echo":"token s3cr3t"}""");

        var promotion = await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        Assert.Equal(VerificationPhase.Successful, promotion.Verification!.Phase);
        Assert.Contains("Authorization: token s3cr3t", Assert.Single(world.Internet.Requests).Headers);
        Assert.Equal(freight.Commits[0].Id, promotion.Verification.Runs[0].Arguments[0].Value);
        Assert.Contains("token ***", promotion.Verification.Runs[0].Results[0].Last!.Value);
    }

    internal static Task<World> WorldAsync(params MetricSpec[] metrics) => WorldAsync(Metric.Plan(metrics));

    internal static async Task<World> WorldAsync(AnalysisPlan plan)
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, A.StackUpdate("dev")).Verified(plan));
        world.Cluster.AddStack("dev", "shop:dev");
        world.Cluster.SucceedsAtOnce = true;
        return world;
    }
}
