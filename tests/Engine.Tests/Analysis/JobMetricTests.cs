using System.Text.Json.Nodes;
using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Analysis;

public sealed class JobMetricTests
{
    [Theory]
    [InlineData(true, VerificationPhase.Successful)]
    [InlineData(false, VerificationPhase.Failed)]
    public async Task A_Job_decides_by_how_it_ends_and_is_removed_then(bool completes, VerificationPhase phase)
    {
        await using var world = await VerificationTests.WorldAsync(Job());
        var (promotion, wait) = await BeginAsync(world);
        var (job, manifest) = Assert.Single(world.Jobs.Created);
        Assert.Empty(world.Jobs.Deleted);
        world.Jobs.There[job.Name] = new JobSnapshot(completes, !completes, "BackoffLimitExceeded: too often");

        await VerificationTests.PassAsync(world, promotion, wait);

        var ended = await world.LoadAsync(promotion);
        Assert.Equal(phase, ended.Verification!.Phase);
        Assert.Equal([job.Name], world.Jobs.Deleted);
        Assert.Equal(("default", "shop"), (job.Cluster, job.Namespace));
        Assert.Matches(@"\Awaybill-[0-9a-z]{26}-0smoke-1\z", job.Name);
        Assert.Equal((job.Name, 3600), ((string?)manifest["metadata"]!["name"], (int?)manifest["spec"]!["ttlSecondsAfterFinished"]));
        Assert.Equal("echo dev", (string?)manifest["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]![0]);
        Assert.Equal(completes, !ended.Verification.Message.Contains("too often", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crash_after_the_Job_was_created_finds_the_same_Job_again()
    {
        await using var world = await VerificationTests.WorldAsync(Job());
        var (promotion, _) = await BeginAsync(world);
        var stored = await world.LoadAsync(promotion);
        Assert.Single(world.Jobs.Created);

        // The record from before the Job, as a process that died in between leaves it.
        var before = stored with { Verification = stored.Verification! with { Runs = [stored.Verification.Runs[0] with { Results = [] }] } };
        var row = (await world.Store.GetPromotionAsync(A.Project, promotion.Name, default))!;
        await world.Store.Begin(A.Project).Write(row.Then(before)).CommitAsync(default);
        world.Restart();
        await world.AdvanceAsync(promotion);

        Assert.Equal(2, world.Jobs.Created.Count);
        Assert.Single(world.Jobs.Created.Select(c => c.Job).Distinct());
    }

    [Fact]
    public async Task A_cluster_that_can_t_be_reached_says_nothing_about_the_Job()
    {
        await using var world = await VerificationTests.WorldAsync(Job());
        var (promotion, wait) = await BeginAsync(world);
        world.Jobs.Fault = new ClusterException(ClusterErrorKind.Unavailable, "default: no connection.");

        wait = await VerificationTests.PassAsync(world, promotion, wait);

        Assert.Equal(DirectiveKind.WaitUntil, wait.Kind);
        Assert.Equal("default: no connection.", (await world.LoadAsync(promotion)).Verification!.Runs[0].Results[0].Last!.Message);
    }

    [Fact]
    public async Task A_Job_that_may_not_be_created_or_is_gone_is_an_error()
    {
        await using var world = await VerificationTests.WorldAsync(Job() with { ConsecutiveErrorLimit = 0 });
        world.Jobs.Fault = new ClusterException(ClusterErrorKind.Forbidden, "Add this rule.");
        var forbidden = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        var (promotion, wait) = await BeginAsync(world);
        world.Jobs.There.Clear();
        await VerificationTests.PassAsync(world, promotion, wait);
        var gone = await world.LoadAsync(promotion);

        Assert.All([forbidden, gone], p => Assert.Equal(VerificationPhase.Error, p.Verification!.Phase));
        Assert.Contains("Add this rule.", forbidden.Verification!.Message);
        Assert.Contains("is gone", gone.Verification!.Message);
    }

    [Fact]
    public async Task Aborting_removes_the_Job_and_a_removal_that_fails_does_no_harm()
    {
        await using var world = await VerificationTests.WorldAsync(Job());
        var (promotion, _) = await BeginAsync(world);
        await world.VerificationDesk.AbortAsync(world.Pipeline, "dev", "carol", "", default);
        await world.AdvanceAsync(promotion);
        var (second, _) = await BeginAsync(world);
        await world.VerificationDesk.AbortAsync(world.Pipeline, "dev", "carol", "", default);
        world.Jobs.Fault = new ClusterException(ClusterErrorKind.Unavailable, "default: no connection.");

        var done = await world.AdvanceAsync(second);

        Assert.Equal([world.Jobs.Created[0].Job.Name], world.Jobs.Deleted);
        Assert.Equal(DirectiveKind.Done, done.Kind);
    }

    private static async Task<(Promotion Promotion, Directive Wait)> BeginAsync(World world)
    {
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        var wait = await world.AdvanceAsync(promotion);
        wait = world.Jobs.There.Count == 0 ? await VerificationTests.PassAsync(world, promotion, wait) : wait;
        return (promotion, wait);
    }

    private static MetricSpec Job() => new()
    {
        Name = "Smoke",
        Provider = new JobMetric { Spec = JsonNode.Parse("""{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"busybox","args":["echo dev"]}]}}}""")!.AsObject() },
    };
}
