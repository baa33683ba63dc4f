using Waybill.Domain.Stages;
using Waybill.Engine.Health;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Health;

public sealed class StageHealthObserverTests
{
    private const string Ours = "cccccccccccccccccccccccccccccccccccccccc";
    private const string Later = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private readonly Argo _argo = new();
    private readonly Cluster _cluster = new();

    [Theory]
    [InlineData(false, HealthState.Healthy)]
    [InlineData(true, HealthState.Unhealthy)]
    public async Task A_shared_Application_that_moved_on_is_well_as_long_as_the_stage_s_own_Stack_is(bool isMoved, HealthState expected)
    {
        _argo.Add("infra");
        _argo["infra"] = _argo["infra"] with
        {
            LastOperation = new(new("p2", "bob"), "Succeeded", "", A.Noon, [Later]),
            SyncRevisions = [Later],
            Stacks = [new("apps", "dev"), new("apps", "dev2")],
        };
        _cluster.AddStack("dev", null);
        _cluster["dev"] = _cluster["dev"] with { Commit = isMoved ? Later : Ours };
        _cluster.End("dev");

        var health = await ObserveAsync(new StackHealthCheck(new("default", "apps", "dev"), Ours, "up"), Infra(Ours));

        Assert.Equal(expected, health.State);
        Assert.Equal(isMoved ? 2 : 0, health.Issues.Count);
        Assert.Equal(["get dev"], _cluster.Calls);
    }

    [Fact]
    public async Task A_Stack_that_the_Application_does_not_manage_is_no_witness()
    {
        _argo.Add("infra");
        _argo["infra"] = _argo["infra"] with { LastOperation = new(new("p2", "bob"), "Succeeded", "", A.Noon, [Later]), SyncRevisions = [Later] };
        _cluster.AddStack("dev", null);
        _cluster["dev"] = _cluster["dev"] with { Commit = Ours };
        _cluster.End("dev");

        var health = await ObserveAsync(new StackHealthCheck(new("default", "apps", "dev"), Ours, "up"), Infra(Ours));

        Assert.Equal(HealthState.Unhealthy, health.State);
    }

    [Fact]
    public async Task A_stale_status_is_unknown_and_a_hard_refresh_asked_for()
    {
        _argo.Add("infra");
        _argo["infra"] = _argo["infra"] with { LastOperation = new(new(null, "bob"), "Succeeded", "", A.Noon, [Ours]), ReconciledAt = A.Noon.AddSeconds(-1) };

        Assert.Equal(HealthState.Unknown, (await ObserveAsync(Infra(""))).State);
        Assert.Equal(["get infra", "refresh infra hard"], _argo.Calls);
    }

    [Fact]
    public async Task A_missing_Application_is_unhealthy_and_one_out_of_reach_unknown()
    {
        Assert.Equal(HealthState.Unhealthy, (await ObserveAsync(Infra(""))).State);
        _argo.Fails("get", ClusterErrorKind.Unavailable);

        var health = await ObserveAsync(Infra(""));

        Assert.Equal((HealthState.Unknown, "get infra: Unavailable on purpose."), (health.State, Assert.Single(health.Issues)));
    }

    private static ApplicationHealthCheck Infra(string desired) => new(new("default", "argocd", "infra"), [desired]);

    private Task<StageHealth> ObserveAsync(params HealthCheck[] checks) =>
        new StageHealthObserver(_cluster, _argo, TimeProvider.System).ObserveAsync(checks, isArriving: false, default);
}
