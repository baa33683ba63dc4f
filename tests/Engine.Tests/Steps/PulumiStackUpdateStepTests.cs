using Waybill.Domain.Promotions;
using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Steps;

/// <summary>Each line of the decision rule, as the step follows it from its patch to its end.</summary>
public sealed class PulumiStackUpdateStepTests
{
    [Fact]
    public async Task It_patches_waits_and_says_what_ran_where()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        var promotion = await StartAsync(world);
        world.Cluster.Observe("dev");
        await PollAsync(world, promotion);
        world.Cluster.End("dev");

        var ended = await world.FinishAsync(promotion);

        var stack = world.Cluster["dev"];
        Assert.Equal((promotion.Freight.Commits[0].Id, promotion.Name, 1), (stack.Commit, stack.ReconcileRequest, world.Cluster.Patches));
        Assert.Equal("https://app.pulumi.com/acme/shop/dev/updates/7", (string?)ended.StepStates[0].Output!["stacks"]![0]!["permalink"]);
        Assert.Equal(new StackHealthCheck(stack.Reference, stack.Commit!, "up"), Assert.Single(ended.HealthChecks));
    }

    [Fact]
    public async Task Several_Stacks_go_at_once_and_all_must_succeed()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev", "dev2"));
        world.Cluster.AddStack("dev2", "shop:dev");
        var promotion = await StartAsync(world);
        world.Cluster.End("dev");
        await PollAsync(world, promotion);
        Assert.Equal(StepPhase.Running, (await world.LoadAsync(promotion)).StepStates[0].Phase);
        world.Cluster.Calls.Clear();

        world.Cluster.End("dev2");
        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Succeeded, 2), (ended.Phase, ended.HealthChecks.Count));
        Assert.Equal("get dev2", world.Cluster.Calls[0]);
    }

    [Theory]
    [InlineData(null, "waybill.dev/authorized-stage=shop:dev --overwrite")]
    [InlineData("shop:prod", "waybill.dev/authorized-stage=shop:prod,shop:dev --overwrite")]
    public async Task A_Stack_that_does_not_authorize_the_stage_is_left_alone(string? authorized, string command)
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        world.Cluster.AddStack("dev", authorized);

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal((PromotionPhase.Failed, 0), (ended.Phase, world.Cluster.Patches));
        Assert.EndsWith($"kubectl annotate stacks.pulumi.com dev -n apps {command}", ended.Message);
    }

    [Fact]
    public async Task A_Stack_that_is_not_there_or_is_going_fails_at_once()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        var going = world.Cluster["dev"] with { IsBeingDeleted = true };
        world.Cluster.HasNoStack("dev");

        var gone = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));
        world.Cluster["dev"] = going;
        var leaving = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Contains("There is no Stack dev in namespace apps of cluster default.", gone.Message);
        Assert.Contains("The Stack is being deleted.", leaving.Message);
        Assert.Equal(0, world.Cluster.Patches);
    }

    [Theory]
    [InlineData(true, false, "asks for a preview, but spec.preview of the Stack is false")]
    [InlineData(false, true, "asks for an update, but spec.preview of the Stack is true")]
    public async Task A_preview_is_never_mistaken_for_an_update(bool wanted, bool stack, string message)
    {
        await using var world = await WorldAsync(A.Update($"\"preview\": {(wanted ? "true" : "false")},", "dev"));
        world.Cluster["dev"] = world.Cluster["dev"] with { Preview = stack };

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Contains(message, ended.Message);
        Assert.Equal(0, world.Cluster.Patches);
    }

    [Theory]
    [InlineData("get", ClusterErrorKind.UnknownCluster, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.Unauthorized, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.Forbidden, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.NotFound, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.Invalid, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.Throttled, PromotionPhase.Succeeded)]
    [InlineData("get", ClusterErrorKind.Unavailable, PromotionPhase.Succeeded)]
    [InlineData("patch", ClusterErrorKind.Forbidden, PromotionPhase.Errored)]
    [InlineData("patch", ClusterErrorKind.NotFound, PromotionPhase.Errored)]
    [InlineData("patch", ClusterErrorKind.Invalid, PromotionPhase.Errored)]
    [InlineData("patch", ClusterErrorKind.Conflict, PromotionPhase.Succeeded)]
    [InlineData("patch", ClusterErrorKind.Throttled, PromotionPhase.Succeeded)]
    [InlineData("patch", ClusterErrorKind.Unavailable, PromotionPhase.Succeeded)]
    public async Task An_error_that_may_pass_is_waited_out_and_any_other_ends_the_step(string call, ClusterErrorKind kind, PromotionPhase phase)
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        world.Cluster.SucceedsAtOnce = true;
        world.Cluster.Fails(call, kind);

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(phase, ended.Phase);
        Assert.Equal(phase is PromotionPhase.Errored, ended.Message.Contains($"{kind} on purpose"));
    }

    [Fact]
    public async Task A_conflict_that_does_not_end_is_waited_out_too()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        world.Cluster.SucceedsAtOnce = true;
        Enumerable.Range(0, 7).ToList().ForEach(_ => world.Cluster.Fails("patch", ClusterErrorKind.Conflict));

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"))).Phase);
    }

    [Fact]
    public async Task A_crash_between_the_patch_and_its_record_patches_once()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        world.Faults.OnCommit(1, TestStores.StoreFault.FailBefore);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => world.AdvanceAsync(promotion));

        world.Restart();
        world.Cluster.End("dev");

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(promotion)).Phase);
        Assert.Equal(1, world.Cluster.Patches);
    }

    [Fact]
    public async Task Promoting_the_same_commit_again_runs_again()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        world.Cluster.SucceedsAtOnce = true;
        var freight = await world.FreightAsync();
        await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        var again = await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        Assert.Equal((PromotionPhase.Succeeded, 2, again.Name), (again.Phase, world.Cluster.Patches, world.Cluster["dev"].ReconcileRequest));
    }

    [Fact]
    public async Task A_failed_run_is_retried_by_the_operator_until_it_stalls()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        var promotion = await StartAsync(world);
        world.Cluster.End("dev", succeeded: false);
        await PollAsync(world, promotion);
        Assert.Contains("the operator will try again: bucket exists", (await world.LoadAsync(promotion)).StepStates[0].Message);

        world.Cluster["dev"] = world.Cluster["dev"] with { Stalled = new StackCondition(true, "UpdateFailed", "") };
        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Failed, "Step pulumi-stack-update: default/apps/dev: up failed: bucket exists"), (ended.Phase, ended.Message));
    }

    [Fact]
    public async Task Fail_fast_does_not_wait_for_the_operator_s_retries()
    {
        await using var world = await WorldAsync(A.Update("\"failFast\": true,", "dev"));
        var promotion = await StartAsync(world);
        world.Cluster.End("dev", succeeded: false);

        Assert.Equal(PromotionPhase.Failed, (await world.FinishAsync(promotion)).Phase);
    }

    [Fact]
    public async Task Another_writer_supersedes_us()
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        var promotion = await StartAsync(world);
        world.Cluster["dev"] = world.Cluster["dev"] with { Commit = new string('e', 40), Generation = 3 };

        Assert.Contains("another writer changed it", (await world.FinishAsync(promotion)).Message);
    }

    [Theory]
    [InlineData("SourceUnavailable", true)]
    [InlineData("SpecInvalid", false)]
    public async Task A_stall_that_may_pass_gets_its_grace_period(string reason, bool hasGrace)
    {
        await using var world = await WorldAsync(A.Update("\"stalledGracePeriod\": \"90s\",", "dev"));
        var promotion = await StartAsync(world);
        world.Cluster.Observe("dev");
        world.Cluster["dev"] = world.Cluster["dev"] with { Stalled = new StackCondition(true, reason, "no route"), CurrentUpdate = null };
        var stalled = world.Time.GetUtcNow();

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Failed, ended.Phase);
        Assert.Contains("no route", ended.Message);
        Assert.InRange(world.Time.GetUtcNow() - stalled, TimeSpan.FromSeconds(hasGrace ? 90 : 0), TimeSpan.FromSeconds(hasGrace ? 102 : 2));
    }

    [Theory]
    [InlineData(2, 2, PromotionPhase.Failed)]
    [InlineData(2, 1, PromotionPhase.Succeeded)]
    public async Task A_Workspace_s_stall_counts_only_when_it_is_about_now(long generation, long observed, PromotionPhase phase)
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        var promotion = await StartAsync(world);
        world.Cluster.Observe("dev");
        world.Cluster["dev"] = world.Cluster["dev"] with { Stalled = new StackCondition(true, "WorkspaceFailed", "install failed") };
        world.Cluster.HasWorkspace("dev", new WorkspaceSnapshot(generation, observed, null, new StackCondition(true, "X", "npm said no")));

        if (phase is PromotionPhase.Succeeded)
        {
            await PollAsync(world, promotion);
            world.Cluster.End("dev");
        }

        Assert.Equal(phase, (await world.FinishAsync(promotion)).Phase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_operator_that_waits_for_a_run_that_never_reports_is_found_out(bool isThere)
    {
        await using var world = await WorldAsync(A.StackUpdate("dev"));
        var promotion = await StartAsync(world);
        world.Cluster.Observe("dev");
        world.Cluster.HasUpdate("dev-2", isThere ? new UpdateSnapshot(IsComplete: true, IsFailed: false, "") : null);
        var wedged = world.Time.GetUtcNow();

        var ended = await world.FinishAsync(promotion);

        Assert.Contains("The operator is wedged (pulumi-kubernetes-operator#1292)", ended.Message);
        Assert.InRange(world.Time.GetUtcNow() - wedged, TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_long_run_that_is_alive_is_left_alone_until_the_deadline()
    {
        await using var world = await WorldAsync(A.Update("\"timeout\": \"20m\",", "dev"));
        var promotion = await StartAsync(world);
        var started = world.Time.GetUtcNow();
        world.Cluster.Observe("dev");
        world.Cluster.HasUpdate("dev-2", new UpdateSnapshot(IsComplete: false, IsFailed: false, "creating"));

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains("Gave up after 20m", ended.Message);
        Assert.InRange(world.Time.GetUtcNow() - started, TimeSpan.FromMinutes(19.9), TimeSpan.FromMinutes(20.1));
        Assert.InRange(world.Cluster.Calls.Count(c => c == "update dev-2"), 15, 22);
    }

    [Fact]
    public async Task At_the_deadline_the_Workspace_says_why_nothing_ever_ran()
    {
        await using var world = await WorldAsync(A.Update("\"timeout\": \"5m\",", "dev"));
        var promotion = await StartAsync(world);
        world.Cluster.HasWorkspace("dev", new WorkspaceSnapshot(1, null, new StackCondition(false, "RollingUpdate", "fetch: exit 128"), null));

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains("Workspace dev: RollingUpdate: fetch: exit 128.", ended.Message);
    }

    [Theory]
    [InlineData("""{ "commit": "abc1234", "stacks": [{"namespace":"a","name":"b"}] }""", "not a full commit hash")]
    [InlineData("""{ "commit": "main", "stacks": [{"namespace":"a","name":"b"}] }""", "not a full commit hash")]
    [InlineData("""{ "stacks": [{"namespace":"a","name":"b"}] }""", "config.commit is missing")]
    [InlineData("""{ "commit": "c0ffee0000000000000000000000000000000001" }""", "config.stacks is missing")]
    [InlineData("""{ "commit": "c0ffee0000000000000000000000000000000001", "stacks": [{"name":"b"}] }""", "config.namespace is missing")]
    [InlineData("""{ "commit": "c0ffee0000000000000000000000000000000001", "stacks": "b" }""", "config.stacks must be a list")]
    public async Task A_wrong_configuration_is_an_error_before_anything_is_asked(string config, string message)
    {
        await using var world = await WorldAsync(A.Step("pulumi-stack-update", config));

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains(message, ended.Message);
        Assert.Empty(world.Cluster.Calls);
    }

    private static async Task<World> WorldAsync(Domain.Pipelines.PromotionStep step)
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, step));
        world.Cluster.AddStack("dev", "shop:dev");
        return world;
    }

    private static async Task<Promotion> StartAsync(World world)
    {
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await PollAsync(world, promotion);
        return promotion;
    }

    private static async Task PollAsync(World world, Promotion promotion) =>
        world.Time.Advance((await world.AdvanceAsync(promotion)).Until!.Value - world.Time.GetUtcNow());
}
