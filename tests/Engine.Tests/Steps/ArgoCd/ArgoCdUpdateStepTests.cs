using Waybill.Domain.ArgoCd;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Steps.ArgoCd;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Discovery;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Steps.ArgoCd;

public sealed class ArgoCdUpdateStepTests
{
    private const string Ours = "cccccccccccccccccccccccccccccccccccccccc";
    private const string Later = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string Infra = """{ "apps": [{ "name": "infra" }] }""";
    private const string Exact =
        $$"""{ "apps": [{ "name": "infra", "sources": [{ "repoURL": "https://github.com/acme/manifests", "desiredRevision": "{{Ours}}" }] }] }""";

    private readonly ScriptedGitHub _gitHub = new();

    [Fact]
    public async Task It_asks_for_a_sync_and_waits_until_it_is_over()
    {
        await using var world = await WorldAsync(Infra);
        var promotion = await StartAsync(world);
        Assert.Equal(["get infra", "sync infra"], world.Argo.Calls);
        await PollAsync(world, promotion);
        Assert.Contains("Argo CD has not begun with the sync", (await world.LoadAsync(promotion)).StepStates[0].Message);

        world.Argo.End("infra", Ours);
        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Succeeded, ended.Phase);
        Assert.Equal("""{"apps":[{"name":"infra","namespace":"argocd"}]}""", ended.StepStates[0].Output!.ToJsonString());
        var check = Assert.IsType<ApplicationHealthCheck>(Assert.Single(ended.HealthChecks));
        Assert.Equal((new ApplicationReference("default", "argocd", "infra"), ""), (check.Application, Assert.Single(check.DesiredRevisions)));
        Assert.Single(world.Argo.Calls, "sync infra");

        // The stage keeps the check, read back from the store.
        Assert.Equal(check.Application, Assert.IsType<ApplicationHealthCheck>(Assert.Single((await world.StageAsync("dev")).HealthChecks)).Application);
    }

    [Theory]
    [InlineData("ada", false, "ada")]
    [InlineData(Promotion.AutomaticActor, true, "waybill")]
    public async Task A_person_s_promotion_is_no_automated_operation(string actor, bool isAutomated, string username)
    {
        await using var world = await WorldAsync(Infra);
        await PollAsync(world, await world.PromoteAsync(await world.FreightAsync(), "dev", actor));

        Assert.Equal((isAutomated, username), (world.Argo.LastSync!.IsAutomated, world.Argo.LastSync.Actor));
    }

    [Theory]
    [InlineData(null, "it does not authorize stage shop:dev", "shop:dev --overwrite")]
    [InlineData("shop:prod", "it does not authorize stage shop:dev", "shop:prod,shop:dev --overwrite")]
    [InlineData("shop:*", "patterns are not understood", "shop:dev --overwrite")]
    public async Task An_Application_that_does_not_authorize_the_stage_is_left_alone(string? authorized, string why, string command)
    {
        await using var world = await WorldAsync(Infra);
        world.Argo.Add("infra", authorized);

        var ended = await FinishAsync(world);

        Assert.Equal(PromotionPhase.Failed, ended.Phase);
        Assert.Contains(why, ended.Message);
        Assert.EndsWith($"kubectl annotate applications.argoproj.io infra -n argocd kargo.akuity.io/authorized-stage={command}", ended.Message);
        Assert.DoesNotContain("sync infra", world.Argo.Calls);
    }

    [Fact]
    public async Task A_missing_Application_fails_at_once()
    {
        await using var world = await WorldAsync("""{ "apps": [{ "name": "typo", "namespace": "team" }] }""");

        var ended = await FinishAsync(world);

        Assert.Equal(PromotionPhase.Failed, ended.Phase);
        Assert.Contains("There is no Application default/team/typo", ended.Message);
    }

    [Fact]
    public async Task A_foreign_operation_is_waited_for()
    {
        await using var world = await WorldAsync(Infra);
        world.Argo["infra"] = world.Argo["infra"] with { LastOperation = new(new(null, "bob"), "Running", "a hook", null, []) };
        var promotion = await StartAsync(world);
        Assert.Contains("Waits for the operation of bob to end", (await world.LoadAsync(promotion)).StepStates[0].Message);
        Assert.DoesNotContain("sync infra", world.Argo.Calls);

        world.Argo.SyncsTo.Enqueue(Ours);
        world.Argo.End("infra", Later);

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(promotion)).Phase);
    }

    [Theory]
    [InlineData("foreign", "the operation of bob to end, which is Running: a hook")]
    [InlineData("window", "Sync operation blocked by sync window")]
    [InlineData("never begun", "check that its application controller runs")]
    public async Task What_never_ends_is_given_up_after_five_minutes_with_the_reason(string day, string message)
    {
        await using var world = await WorldAsync(Infra);
        var started = world.Time.GetUtcNow();
        world.Argo["infra"] = day is "foreign"
            ? world.Argo["infra"] with { LastOperation = new(new(null, "bob"), "Running", "a hook", null, []) }
            : world.Argo["infra"];
        var promotion = await StartAsync(world);
        if (day is "window")
        {
            world.Argo["infra"] = world.Argo["infra"] with { LastOperation = new(world.Argo["infra"].Requested!, "Running", message, null, []) };
        }

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains(message, ended.Message);
        Assert.InRange(world.Time.GetUtcNow() - started, TimeSpan.FromMinutes(4.9), TimeSpan.FromMinutes(5.2));
    }

    [Fact]
    public async Task A_failed_sync_says_why()
    {
        await using var world = await WorldAsync(Infra);
        var promotion = await StartAsync(world);
        world.Argo.End("infra", Ours, "Failed", "one or more objects failed to apply");

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Failed, ended.Phase);
        Assert.Contains("The sync ended as Failed: one or more objects failed to apply", ended.Message);
    }

    [Fact]
    public async Task A_later_commit_that_contains_ours_is_as_good()
    {
        await using var world = await WorldAsync(Exact);
        _gitHub.OnCompare = (@base, head) => new(@base == Ours && head == Later ? ComparisonStatus.Ahead : ComparisonStatus.Diverged, [], []);
        world.Argo.SyncsTo.Enqueue(Later);

        var ended = await FinishAsync(world);

        Assert.Equal(PromotionPhase.Succeeded, ended.Phase);
        Assert.Contains($"Synced to {Later}, which contains what was promoted.", ended.StepStates[0].Message);
        Assert.Equal(Later, Assert.Single(((ApplicationHealthCheck)ended.HealthChecks[0]).DesiredRevisions));
    }

    [Theory]
    [InlineData(true, PromotionPhase.Succeeded, 2)]
    [InlineData(false, PromotionPhase.Failed, 3)]
    public async Task A_commit_without_ours_is_synced_again_and_not_for_ever(bool comes, PromotionPhase phase, int syncs)
    {
        await using var world = await WorldAsync(Exact);
        world.Argo.SyncsTo.Enqueue(Later);
        world.Argo.SyncsTo.Enqueue(comes ? Ours : Later);
        world.Argo.SyncsTo.Enqueue(Later);

        var ended = await FinishAsync(world);

        Assert.Equal((phase, syncs), (ended.Phase, world.Argo.Calls.Count(c => c == "sync infra")));
    }

    [Fact]
    public async Task A_source_can_be_set_to_the_revision_and_its_images_changed()
    {
        await using var world = await WorldAsync($$"""
            { "apps": [{ "name": "infra", "sources": [{ "repoURL": "https://github.com/acme/manifests", "desiredRevision": "{{Ours}}", "updateTargetRevision": true,
              "kustomize": { "images": [{ "repoURL": "acme/web", "tag": "v2" }, { "repoURL": "acme/db", "newName": "acme/db2", "digest": "sha256:1" }] },
              "helm": { "images": [{ "key": "image.tag", "value": "v2" }] } }] }] }
            """);
        world.Argo.SyncsTo.Enqueue(Ours);

        await FinishAsync(world);

        Assert.Equal(
            $$$"""{"repoURL":"https://github.com/acme/manifests.git","targetRevision":"{{{Ours}}}","kustomize":{"images":["acme/web:v2","acme/db=acme/db2@sha256:1"]},"helm":{"parameters":[{"name":"image.tag","value":"v2"}]}}""",
            Assert.Single(world.Argo.LastSync!.Sources!).ToJsonString());
    }

    [Fact]
    public async Task A_source_that_the_Application_does_not_have_is_refused_before_anything_is_changed()
    {
        await using var world = await WorldAsync("""{ "apps": [{ "name": "infra", "sources": [{ "repoURL": "https://github.com/acme/other" }] }] }""");

        var ended = await FinishAsync(world);

        Assert.Equal(PromotionPhase.Failed, ended.Phase);
        Assert.Contains("no source has the repository https://github.com/acme/other", ended.Message);
        Assert.DoesNotContain("sync infra", world.Argo.Calls);
    }

    [Fact]
    public async Task A_selector_passes_over_Applications_that_are_not_ours()
    {
        await using var world = await WorldAsync("""
            { "apps": [{ "selector": { "matchLabels": { "team": "a" }, "matchExpressions": [{ "key": "tier", "operator": "NotIn", "values": ["x", "y"] }, { "key": "old", "operator": "DoesNotExist" }] } }] }
            """);
        world.Argo.Add("other", "shop:prod");
        world.Argo.SyncsTo.Enqueue(Ours);

        var ended = await FinishAsync(world);

        Assert.Equal(PromotionPhase.Succeeded, ended.Phase);
        Assert.Equal("list team=a,tier notin (x,y),!old", world.Argo.Calls[0]);
        Assert.DoesNotContain("sync other", world.Argo.Calls);
    }

    [Fact]
    public async Task A_crash_between_the_sync_and_its_record_syncs_once()
    {
        await using var world = await WorldAsync(Infra);
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        world.Faults.OnCommit(1, TestStores.StoreFault.FailBefore);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => world.AdvanceAsync(promotion));

        world.Restart();
        world.Argo.End("infra", Ours);

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(promotion)).Phase);
        Assert.Single(world.Argo.Calls, "sync infra");
    }

    [Theory]
    [InlineData("get", ClusterErrorKind.UnknownCluster, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.Unauthorized, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.Forbidden, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.NotFound, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.Throttled, PromotionPhase.Succeeded)]
    [InlineData("get", ClusterErrorKind.Unavailable, PromotionPhase.Succeeded)]
    [InlineData("sync", ClusterErrorKind.Forbidden, PromotionPhase.Errored)]
    [InlineData("sync", ClusterErrorKind.Invalid, PromotionPhase.Errored)]
    [InlineData("sync", ClusterErrorKind.Conflict, PromotionPhase.Succeeded)]
    [InlineData("sync", ClusterErrorKind.Throttled, PromotionPhase.Succeeded)]
    [InlineData("sync", ClusterErrorKind.Unavailable, PromotionPhase.Succeeded)]
    public async Task An_error_that_may_pass_is_waited_out_and_any_other_ends_the_step(string call, ClusterErrorKind kind, PromotionPhase phase)
    {
        await using var world = await WorldAsync(Infra);
        world.Argo.SyncsTo.Enqueue(Ours);
        world.Argo.Fails(call, kind);

        var ended = await FinishAsync(world);

        Assert.Equal(phase, ended.Phase);
        Assert.Equal(phase is PromotionPhase.Errored, ended.Message.Contains($"{kind} on purpose"));
    }

    [Theory]
    [InlineData("{}", "config.apps is missing")]
    [InlineData("""{ "apps": [{}] }""", "either name or selector")]
    [InlineData("""{ "apps": [{ "name": "a", "selector": { "matchLabels": { "b": "c" } } }] }""", "either name or selector")]
    [InlineData("""{ "apps": [{ "selector": {} }] }""", "matchLabels or matchExpressions")]
    [InlineData("""{ "apps": [{ "selector": { "matchExpressions": [{ "key": "a", "operator": "In" }] } }] }""", "for a must have values")]
    [InlineData("""{ "apps": [{ "selector": { "matchExpressions": [{ "key": "a", "operator": "Gt" }] } }] }""", "must be In, NotIn, Exists or DoesNotExist")]
    [InlineData("""{ "apps": [{ "name": "a", "sources": [{ "repoURL": "r", "updateTargetRevision": true }] }] }""", "needs desiredRevision")]
    [InlineData("""{ "apps": [{ "name": "a", "sources": [{ "repoURL": "r", "kustomize": { "images": [{ "repoURL": "i" }] } }] }] }""", "neither digest nor tag")]
    public async Task A_wrong_configuration_is_an_error_before_anything_is_asked(string config, string message)
    {
        await using var world = await WorldAsync(config);

        var ended = await FinishAsync(world);

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains(message, ended.Message);
        Assert.Empty(world.Argo.Calls);
    }

    private async Task<World> WorldAsync(string config)
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("argocd-update", config)));
        world.Argo.Add("infra");
        return world.Knows(new ArgoCdUpdateStep(world.Argo, _gitHub));
    }

    private static async Task<Promotion> StartAsync(World world)
    {
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await PollAsync(world, promotion);
        return promotion;
    }

    private static async Task<Promotion> FinishAsync(World world) =>
        await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

    private static async Task PollAsync(World world, Promotion promotion) =>
        world.Time.Advance((await world.AdvanceAsync(promotion)).Until!.Value - world.Time.GetUtcNow());
}
