using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Steps.ArgoCd;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Steps.ArgoCd;

public sealed class ArgoCdWaitStepTests
{
    private const string Infra = """{ "apps": [{ "name": "infra" }] }""";

    [Fact]
    public async Task It_waits_without_authorization_and_changes_nothing()
    {
        await using var world = await WorldAsync(Infra);
        world.Argo.Add("infra", authorized: null);
        world.Argo["infra"] = world.Argo["infra"] with { Health = "Progressing" };
        var promotion = await StartAsync(world);
        Assert.Contains("default/argocd/infra: It is Progressing.", (await world.LoadAsync(promotion)).StepStates[0].Message);

        world.Argo["infra"] = world.Argo["infra"] with { Health = "Healthy" };
        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Succeeded, ended.Phase);
        Assert.Equal(
            """{"apps":[{"name":"infra","namespace":"argocd"}],"healthStatus":{"argocd/infra":"Healthy"}}""", ended.StepStates[0].Output!.ToJsonString());
        Assert.Empty(ended.HealthChecks);
        Assert.Equal(["get infra", "get infra"], world.Argo.Calls);
    }

    [Fact]
    public async Task A_stale_status_is_not_believed_and_a_hard_refresh_asked_for()
    {
        await using var world = await WorldAsync(Infra);
        var ended = A.Noon.AddMinutes(-1);
        world.Argo["infra"] = world.Argo["infra"] with { LastOperation = new(new(null, "bob"), "Succeeded", "", ended, ["x"]), ReconciledAt = ended.AddSeconds(-1) };
        var promotion = await StartAsync(world);
        world.Time.Advance((await world.AdvanceAsync(promotion)).Until!.Value - world.Time.GetUtcNow());
        Assert.Equal(["get infra", "refresh infra hard", "get infra"], world.Argo.Calls);

        world.Argo["infra"] = world.Argo["infra"] with { ReconciledAt = ended };

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(promotion)).Phase);
    }

    [Fact]
    public async Task Health_that_turns_bad_fails_at_once_over_polls()
    {
        await using var world = await WorldAsync(Infra);
        world.Argo["infra"] = world.Argo["infra"] with { Health = "Progressing" };
        var promotion = await StartAsync(world);
        world.Argo["infra"] = world.Argo["infra"] with { Health = "Degraded" };

        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Failed, ended.Phase);
        Assert.Contains("Its health went from Progressing to Degraded.", ended.Message);
    }

    [Fact]
    public async Task What_never_comes_is_given_up_after_five_minutes()
    {
        await using var world = await WorldAsync("""{ "apps": [{ "name": "infra", "waitFor": ["suspended", "sync"] }] }""");
        var started = world.Time.GetUtcNow();

        var ended = await world.FinishAsync(await StartAsync(world));

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains("It is Healthy.", ended.Message);
        Assert.InRange(world.Time.GetUtcNow() - started, TimeSpan.FromMinutes(4.9), TimeSpan.FromMinutes(5.2));
    }

    [Theory]
    [InlineData("get", ClusterErrorKind.Forbidden, PromotionPhase.Errored)]
    [InlineData("get", ClusterErrorKind.Throttled, PromotionPhase.Succeeded)]
    [InlineData("get", ClusterErrorKind.Unavailable, PromotionPhase.Succeeded)]
    public async Task An_error_that_may_pass_is_waited_out_and_any_other_ends_the_step(string call, ClusterErrorKind kind, PromotionPhase phase)
    {
        await using var world = await WorldAsync(Infra);
        world.Argo.Fails(call, kind);

        Assert.Equal(phase, (await world.FinishAsync(await StartAsync(world))).Phase);
    }

    [Theory]
    [InlineData("{}", "config.apps is missing")]
    [InlineData("""{ "apps": [{ "name": "infra", "waitFor": "health" }] }""", "waitFor must be a list")]
    [InlineData("""{ "apps": [{ "name": "infra", "waitFor": ["luck"] }] }""", "waitFor has \"luck\"")]
    public async Task A_wrong_configuration_is_an_error(string config, string message)
    {
        await using var world = await WorldAsync(config);

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains(message, ended.Message);
    }

    [Fact]
    public async Task A_missing_Application_fails_at_once()
    {
        await using var world = await WorldAsync("""{ "apps": [{ "name": "typo" }] }""");

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(PromotionPhase.Failed, ended.Phase);
        Assert.Contains("There is no Application default/argocd/typo", ended.Message);
    }

    private static async Task<World> WorldAsync(string config)
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("argocd-wait", config)));
        world.Argo.Add("infra");
        return world.Knows(new ArgoCdWaitStep(world.Argo));
    }

    private static async Task<Promotion> StartAsync(World world)
    {
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        if ((await world.AdvanceAsync(promotion)).Until is { } until)
        {
            world.Time.Advance(until - world.Time.GetUtcNow());
        }

        return promotion;
    }
}
