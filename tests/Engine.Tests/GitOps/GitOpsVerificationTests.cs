using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.GitOps;

/// <summary>A stage whose commit comes to its Stack through Git, from the push to the word that its freight is verified.</summary>
public sealed class GitOpsVerificationTests
{
    private const string Page = "update 7";

    [Fact]
    public async Task What_was_pushed_is_waited_for_until_it_is_applied_and_has_run()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PushAsync(world);

        await LookAsync(world, promotion);
        var pushed = await world.LoadAsync(promotion);
        Apply(world, commit);
        await LookAsync(world, promotion);
        var running = await world.LoadAsync(promotion);
        world.Cluster.End("dev");
        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Succeeded, VerificationPhase.Pending), (pushed.Phase, pushed.Verification!.Phase));
        Assert.Contains($"commit {commit} is in Git and not applied yet", pushed.Verification.Message);
        Assert.Contains("Progressing", running.Verification!.Message);
        Assert.Equal(VerificationPhase.Successful, ended.Verification!.Phase);
        Assert.Equal(0, world.Cluster.Patches);
    }

    [Fact]
    public async Task Pulumi_Cloud_is_asked_once_and_its_record_kept()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PushAsync(world);
        world.Cloud.Has(Page, Run(commit));
        Apply(world, commit);
        world.Cluster.End("dev");

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(VerificationPhase.Successful, ended.Verification!.Phase);
        Assert.Equal((RunConfirmation.Confirmed, 2), (Assert.Single(ended.Runs).Confirmation, ended.Runs[0].Changes!.Create));
        Assert.Equal([Page], world.Cloud.Calls);
    }

    [Theory]
    [InlineData("failed", "update", "Pulumi Cloud says that it failed")]
    [InlineData("succeeded", "refresh", "of kind refresh")]
    public async Task What_only_the_Stack_takes_for_a_success_is_not_verified(string result, string kind, string said)
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PushAsync(world);
        world.Cloud.Has(Page, Run(commit, result, kind));
        Apply(world, commit);
        world.Cluster.End("dev");

        var ended = await world.FinishAsync(promotion);

        Assert.Equal((VerificationPhase.Failed, RunConfirmation.Disagrees), (ended.Verification!.Phase, Assert.Single(ended.Runs).Confirmation));
        Assert.Contains(said, ended.Verification.Message);
        Assert.Empty((await world.StageAsync("dev")).Queue);
        Assert.False((await world.Store.GetFreightAsync(A.Project, promotion.Freight.Id, default))!.Value.IsVerifiedIn("dev"));
    }

    [Fact]
    public async Task A_record_that_is_not_there_yet_is_waited_for_and_no_longer_than_the_setting_says()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PushAsync(world);
        world.Cloud.Has(Page, Run(commit, "in-progress"));
        Apply(world, commit);
        world.Cluster.End("dev");
        var asked = world.Time.GetUtcNow();

        await LookAsync(world, promotion);
        var waiting = await world.LoadAsync(promotion);
        var ended = await world.FinishAsync(promotion);

        Assert.Equal(VerificationPhase.Pending, waiting.Verification!.Phase);
        Assert.Contains("in-progress there", waiting.Verification.Message);
        Assert.Equal(VerificationPhase.Failed, ended.Verification!.Phase);
        Assert.InRange(world.Time.GetUtcNow() - asked, TimeSpan.FromSeconds(110), TimeSpan.FromSeconds(150));
    }

    [Fact]
    public async Task Pulumi_Cloud_is_left_alone_for_as_long_as_it_asks()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PushAsync(world);
        world.Cloud.Fails(PulumiCloudErrorKind.RateLimited, retryAfter: TimeSpan.FromSeconds(50));
        world.Cloud.Has(Page, Run(commit));
        Apply(world, commit);
        world.Cluster.End("dev");

        var ended = await world.FinishAsync(promotion);

        Assert.Equal((VerificationPhase.Successful, 2), (ended.Verification!.Phase, world.Cloud.Calls.Count));
    }

    [Fact]
    public async Task A_run_that_failed_for_good_ends_it_at_once_and_its_record_is_kept()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PushAsync(world);
        world.Cloud.IsConfigured = true;
        world.Cloud.Listed.Add(Run(commit, "failed") with { Message = "New stack generation: 2", StartedAt = world.Time.GetUtcNow() });
        Apply(world, commit);
        world.Cluster.End("dev", succeeded: false);
        world.Cluster["dev"] = world.Cluster["dev"] with { Reconciling = null, Stalled = new StackCondition(true, "UpdateFailed", "4 attempts") };
        var failed = world.Time.GetUtcNow();

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(VerificationPhase.Failed, ended.Verification!.Phase);
        Assert.Contains("stalled: UpdateFailed", ended.Verification.Message);
        Assert.Equal((RunConfirmation.Confirmed, "failed"), (Assert.Single(ended.Runs).Confirmation, ended.Runs[0].Result));
        Assert.InRange(world.Time.GetUtcNow() - failed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task What_nobody_applies_is_given_up_after_an_hour_with_what_was_seen_last()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PushAsync(world);
        var pushed = world.Time.GetUtcNow();

        while ((await world.LoadAsync(promotion)).Verification is not { FinishedAt: not null } && world.Time.GetUtcNow() - pushed < TimeSpan.FromHours(2))
        {
            await LookAsync(world, promotion);
            world.Time.Advance(TimeSpan.FromMinutes(5));
        }

        var ended = await world.LoadAsync(promotion);
        Assert.Equal(VerificationPhase.Inconclusive, ended.Verification!.Phase);
        Assert.Contains($"commit {commit} is in Git and not applied yet", ended.Verification.Message);
        Assert.InRange(ended.Verification.FinishedAt!.Value - pushed, TimeSpan.FromHours(1), TimeSpan.FromMinutes(70));
    }

    private static async Task<World> WorldAsync()
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("push")));
        var stack = world.Cluster.AddStack("dev", null);
        world.Knows(new ScriptedStep("push", context => StepResult.Succeeded() with
        {
            HealthChecks = [new StackHealthCheck(stack.Reference, context.Promotion.Freight.Commits[0].Id, "up") { ArrivesThroughGit = true }],
        }));
        return world;
    }

    private static async Task<(Promotion Promotion, string Commit)> PushAsync(World world)
    {
        var freight = await world.FreightAsync();
        return (await world.PromoteAsync(freight, "dev"), freight.Commits[0].Id);
    }

    private static async Task LookAsync(World world, Promotion promotion)
    {
        await world.AdvanceAsync(promotion);
        world.Time.Advance(PollSchedule.Longest);
        await world.AdvanceAsync(promotion);
    }

    /// <summary>Somebody applies the manifest: the Stack asks for the commit, and the operator begins.</summary>
    private static void Apply(World world, string commit)
    {
        var stack = world.Cluster["dev"];
        world.Cluster["dev"] = stack with { Commit = commit, Generation = stack.Generation + 1 };
        world.Cluster.Observe("dev");
    }

    private static CloudRun Run(string commit, string result = "succeeded", string kind = "update") => new()
    {
        Kind = kind,
        Result = result,
        Version = 7,
        Id = "id-7",
        Commit = commit,
        StartedAt = A.Noon,
        EndedAt = A.Noon.AddMinutes(2),
        Changes = new ResourceChanges(2, 1, 0, 0, 7),
    };
}
