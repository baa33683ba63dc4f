using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Steps;

/// <summary>What <c>pulumi-stack-update</c> makes of what Pulumi Cloud says once the operator has spoken.</summary>
public sealed class PulumiCloudConfirmationTests
{
    private static readonly ResourceChanges Changes = new(2, 1, 3, 1, 7);

    [Fact]
    public async Task Both_agree_and_the_resource_changes_are_kept_for_one_call()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PromoteAsync(world);
        world.Cloud.Has("update 7", Run(commit));

        var ended = await world.FinishAsync(promotion);

        var run = Assert.Single(ended.Runs);
        Assert.Equal((RunConfirmation.Confirmed, Changes, 7, "https://app.pulumi.com/acme/shop/dev/updates/7"), (run.Confirmation, run.Changes, run.Version, run.Permalink));
        Assert.Equal(("acme/shop/dev", "update", "succeeded", "id-7", A.Noon.AddMinutes(2)), (run.PulumiStack, run.Kind, run.Result, run.Id, run.EndedAt));
        Assert.Equal(3, (int?)ended.StepStates[0].Output!["stacks"]![0]!["resourceChanges"]!["delete"]);
        Assert.Contains("Pulumi Cloud: 2 create, 1 update, 3 delete, 1 replace, 7 same.", ended.StepStates[0].Message);
        Assert.Equal(["update 7"], world.Cloud.Calls);
    }

    [Fact]
    public async Task A_preview_s_changes_are_kept_the_same_way_and_are_there_before_anybody_approves()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"), A.Approval());
        world.Cluster["dev"] = world.Cluster["dev"] with { Preview = true };
        var (promotion, commit) = await PromoteAsync(world);
        world.Cloud.Has("preview p-7", Run(commit, kind: "Pupdate") with { Version = 6 });

        for (var looks = 0; looks < 5 && (await world.LoadAsync(promotion)).StepStates[1].Approval is null; looks++)
        {
            await PollAsync(world, promotion);
        }

        var waiting = await world.LoadAsync(promotion);
        var run = Assert.Single(waiting.Runs);
        Assert.NotNull(waiting.StepStates[1].Approval);
        Assert.Equal(("preview", Changes, "https://app.pulumi.com/acme/shop/dev/previews/p-7"), (run.Type, run.Changes, run.Permalink));
    }

    [Theory]
    [InlineData("failed", "update", true, "Pulumi Cloud says that it failed")]
    [InlineData("succeeded", "Pupdate", true, "the record is of a run of kind Pupdate")]
    [InlineData("succeeded", "refresh", true, "the record is of a run of kind refresh")]
    [InlineData("succeeded", "update", false, "the record is of commit eeee")]
    public async Task What_only_the_operator_takes_for_a_success_does_not_pass(string result, string kind, bool isOurCommit, string said)
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PromoteAsync(world);
        world.Cloud.Has("update 7", Run(isOurCommit ? commit : new string('e', 40), result, kind));

        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Failed, RunConfirmation.Disagrees), (ended.Phase, Assert.Single(ended.Runs).Confirmation));
        Assert.Contains($"The Stack says that up of {commit} succeeded, but", ended.Message);
        Assert.Contains(said, ended.Message);
    }

    [Theory]
    [InlineData(PulumiCloudErrorKind.Unavailable, 3)]
    [InlineData(PulumiCloudErrorKind.RateLimited, 3)]
    public async Task Trouble_that_passes_is_waited_out(PulumiCloudErrorKind kind, int times)
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PromoteAsync(world);
        world.Cloud.Fails(kind, times);
        world.Cloud.Has("update 7", Run(commit));

        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Succeeded, RunConfirmation.Confirmed, times + 1), (ended.Phase, Assert.Single(ended.Runs).Confirmation, world.Cloud.Calls.Count));
        Assert.StartsWith($"default/apps/dev: up of {commit} succeeded. Pulumi Cloud:", ended.StepStates[0].Message);
    }

    [Fact]
    public async Task It_is_left_alone_for_as_long_as_it_asks()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PromoteAsync(world);
        world.Cloud.Fails(PulumiCloudErrorKind.RateLimited, retryAfter: TimeSpan.FromSeconds(50));
        world.Cloud.Has("update 7", Run(commit));
        var asked = world.Time.GetUtcNow();

        await world.FinishAsync(promotion);

        Assert.Equal(2, world.Cloud.Calls.Count);
        Assert.InRange(world.Time.GetUtcNow() - asked, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(75));
    }

    [Fact]
    public async Task Trouble_that_stays_holds_nothing_up_for_longer_than_the_setting_says()
    {
        await using var world = await WorldAsync();
        var (promotion, _) = await PromoteAsync(world);
        world.Cloud.Fails(PulumiCloudErrorKind.Unavailable, times: 1000);
        var asked = world.Time.GetUtcNow();

        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Succeeded, RunConfirmation.Unconfirmed), (ended.Phase, Assert.Single(ended.Runs).Confirmation));
        Assert.Contains("Pulumi Cloud could not confirm it: acme/shop/dev: Unavailable on purpose.", ended.StepStates[0].Message);
        Assert.InRange(world.Time.GetUtcNow() - asked, TimeSpan.FromSeconds(110), TimeSpan.FromSeconds(150));
        Assert.InRange(world.Cloud.Calls.Count, 8, 60);
    }

    [Theory]
    [InlineData(PulumiCloudErrorKind.Unauthorized)]
    [InlineData(PulumiCloudErrorKind.NotFound)]
    [InlineData(PulumiCloudErrorKind.Unreadable)]
    public async Task What_waiting_would_not_mend_is_not_waited_for(PulumiCloudErrorKind kind)
    {
        await using var world = await WorldAsync();
        var (promotion, _) = await PromoteAsync(world);
        world.Cloud.Fails(kind);

        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Succeeded, 1), (ended.Phase, world.Cloud.Calls.Count));
        Assert.Contains($"Pulumi Cloud could not confirm it: acme/shop/dev: {kind} on purpose.", ended.StepStates[0].Message);
    }

    [Fact]
    public async Task A_record_that_is_still_under_way_is_waited_for()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PromoteAsync(world);
        world.Cloud.Has("update 7", Run(commit, "in-progress"));
        await PollAsync(world, promotion);
        Assert.Contains("update 7 is in-progress there", (await world.LoadAsync(promotion)).StepStates[0].Message);

        world.Cloud.Has("update 7", Run(commit));

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(promotion)).Phase);
    }

    [Fact]
    public async Task A_record_that_never_ends_is_a_contradiction_after_the_time_is_over()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PromoteAsync(world);
        world.Cloud.Has("update 7", Run(commit, "in-progress"));

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Failed, ended.Phase);
        Assert.Contains("but Pulumi Cloud says that it is in-progress. It stayed so for 2m.", ended.Message);
    }

    [Fact]
    public async Task Without_a_token_nobody_is_asked_and_nothing_is_said()
    {
        await using var world = await WorldAsync();
        var (promotion, _) = await PromoteAsync(world);

        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Succeeded, 0, 0), (ended.Phase, ended.Runs.Count, world.Cloud.Calls.Count));
        Assert.DoesNotContain("Pulumi Cloud", ended.StepStates[0].Message);
    }

    [Theory]
    [InlineData(null, "the run has no page")]
    [InlineData("https://pulumi.acme.example/acme/shop/dev/updates/7", "the run's page is not on app.pulumi.com")]
    [InlineData("https://app.pulumi.com/stranger/shop/dev/updates/7", "there is no token for organization stranger")]
    public async Task A_backend_of_ones_own_is_no_witness_which_is_said(string? permalink, string said)
    {
        await using var world = await WorldAsync();
        world.Cluster.SucceedsAtOnce = false;
        world.Cloud.IsConfigured = true;
        var (promotion, _) = await PromoteAsync(world);
        world.Cluster.End("dev");
        world.Cluster["dev"] = world.Cluster["dev"] with { LastUpdate = world.Cluster["dev"].LastUpdate! with { Permalink = permalink } };

        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Succeeded, 0), (ended.Phase, world.Cloud.Calls.Count));
        Assert.Contains($"Pulumi Cloud could not confirm it: {said}", ended.StepStates[0].Message);
    }

    [Fact]
    public async Task A_failed_run_is_found_by_what_it_was_and_not_by_being_the_newest()
    {
        await using var world = await WorldAsync();
        world.Cluster.SucceedsAtOnce = false;
        world.Cloud.IsConfigured = true;
        var (promotion, commit) = await PromoteAsync(world);
        world.Cloud.Listed.AddRange(
        [
            Run(commit) with { Version = 9, Message = "Manual update", StartedAt = world.Time.GetUtcNow() },
            Run(commit, "failed") with { Version = 8, Message = $"Sync request: \"{promotion.Name}\"", StartedAt = world.Time.GetUtcNow() },
        ]);
        world.Cluster.End("dev", succeeded: false);
        world.Cluster["dev"] = world.Cluster["dev"] with { Stalled = new StackCondition(true, "UpdateFailed", "") };

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Failed, ended.Phase);
        Assert.Equal((8, RunConfirmation.Confirmed, "https://app.pulumi.com/acme/shop/dev/updates/8"), (ended.Runs[0].Version, ended.Runs[0].Confirmation, ended.Runs[0].Permalink));
        Assert.Contains("up failed: bucket exists Pulumi Cloud: update 8 failed.", ended.Message);
        Assert.Equal(["list"], world.Cloud.Calls);
    }

    [Fact]
    public async Task A_failure_is_not_held_up_by_a_Pulumi_Cloud_that_is_away()
    {
        await using var world = await WorldAsync();
        world.Cluster.SucceedsAtOnce = false;
        var (promotion, _) = await PromoteAsync(world);
        world.Cloud.Fails(PulumiCloudErrorKind.Unavailable);
        world.Cluster.End("dev", succeeded: false);
        world.Cluster["dev"] = world.Cluster["dev"] with { Stalled = new StackCondition(true, "UpdateFailed", "") };

        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Failed, 1), (ended.Phase, world.Cloud.Calls.Count));
        Assert.Contains("up failed: bucket exists", ended.Message);
    }

    [Fact]
    public async Task At_the_step_s_own_end_it_goes_on_rather_than_getting_stuck()
    {
        await using var world = await WorldAsync(A.Update("\"timeout\": \"30s\",", "dev"));
        var (promotion, _) = await PromoteAsync(world);
        world.Cloud.Fails(PulumiCloudErrorKind.Unavailable, times: 1000);

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Succeeded, ended.Phase);
        Assert.Contains("Pulumi Cloud could not confirm it", ended.StepStates[0].Message);
    }

    [Fact]
    public async Task The_Stack_s_later_life_does_not_change_what_is_being_confirmed()
    {
        await using var world = await WorldAsync();
        var (promotion, commit) = await PromoteAsync(world);
        world.Cloud.Fails(PulumiCloudErrorKind.Unavailable);
        world.Cloud.Has("update 7", Run(commit));
        await PollAsync(world, promotion);
        world.Cluster["dev"] = world.Cluster["dev"] with { Commit = new string('e', 40), Generation = 9 };

        await world.AdvanceAsync(promotion);

        Assert.Equal(["update 7", "update 7"], world.Cloud.Calls);
        Assert.Equal(StepPhase.Succeeded, (await world.LoadAsync(promotion)).StepStates[0].Phase);
    }

    [Fact]
    public async Task Several_Stacks_are_each_asked_about_once()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev", "dev2"));
        world.Cluster.AddStack("dev2", $"{A.Project}:dev");
        var freight = await world.FreightAsync();
        world.Cloud.Has("update 7", Run(freight.Commits[0].Id));

        var ended = await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        Assert.Equal((PromotionPhase.Succeeded, 2, 2), (ended.Phase, ended.Runs.Count, world.Cloud.Calls.Count));
        Assert.Equal(["dev", "dev2"], ended.Runs.Select(r => r.Stack.Name).Order());
    }

    private static CloudRun Run(string commit, string result = "succeeded", string kind = "update") => new()
    {
        Kind = kind,
        Result = result,
        Version = 7,
        Id = "id-7",
        Commit = commit,
        Message = "New stack generation: 2",
        StartedAt = A.Noon.AddMinutes(1),
        EndedAt = A.Noon.AddMinutes(2),
        Changes = Changes,
    };

    private static async Task<World> WorldAsync(params Domain.Pipelines.PromotionStep[] steps)
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, steps.Length == 0 ? [A.StackUpdate("dev")] : steps));
        world.Cluster.AddStack("dev", $"{A.Project}:dev");
        world.Cluster.SucceedsAtOnce = true;
        return world;
    }

    /// <summary>A promotion whose Stack was asked for its run, and the commit.</summary>
    private static async Task<(Promotion Promotion, string Commit)> PromoteAsync(World world)
    {
        var freight = await world.FreightAsync();
        var promotion = await world.PromoteAsync(freight, "dev");
        await PollAsync(world, promotion);
        return (promotion, freight.Commits[0].Id);
    }

    private static async Task PollAsync(World world, Promotion promotion) =>
        world.Time.Advance((await world.AdvanceAsync(promotion)).Until!.Value - world.Time.GetUtcNow());
}
