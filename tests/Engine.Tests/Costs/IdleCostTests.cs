using Waybill.Domain.Pipelines;
using Waybill.Engine.Auditing;
using Waybill.Engine.Discovery;
using Waybill.Engine.Housekeeping;
using Waybill.Engine.Ingest;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Discovery;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Costs;

/// <summary>What docs/cost.md says of a pipeline at rest.</summary>
public sealed class IdleCostTests
{
    private static readonly Warehouse Warehouse =
        new() { Name = "app", Subscriptions = [new GitSubscription { RepoUrl = "https://github.com/acme/shop.git", Branch = "main" }] };

    [Fact]
    public async Task A_poll_that_finds_nothing_costs_what_the_page_says()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct));
        var gitHub = new ScriptedGitHub().Commit(new string('a', 40), "index.ts");
        var poller = new WarehousePoller(
            world.Store, new CommitDiscovery(gitHub), new FreightAssembler(new AuditLog(world.Time), world.Time), world.Driver, world.Time);
        await poller.PollAsync(A.Project, Warehouse, default);
        world.Rows.Reset();
        gitHub.Calls.Clear();

        await poller.PollAsync(A.Project, Warehouse, default);

        Assert.Equal(CostCounts.Of("poll.round-trips"), world.Rows.RoundTrips);
        Assert.Equal(CostCounts.Of("poll.github-calls"), gitHub.Calls.Count);
    }

    [Fact]
    public async Task A_housekeeping_that_finds_nothing_costs_what_the_page_says()
    {
        await using var world = await World.WithAsync(
            A.Stage("dev", A.Direct, Done), A.Stage("staging", A.From("dev"), Done), A.Stage("prod", A.From("staging"), Done));
        var freight = await world.FreightAsync();
        foreach (var stage in new[] { "dev", "staging", "prod" })
        {
            await world.FinishAsync(await world.PromoteAsync(freight, stage));
        }

        world.Pipelines.InForce[A.Project] = world.Pipeline with { Warehouses = [Warehouse] };
        world.Rows.Reset();

        var options = new RetentionOptions();
        await new ProjectHousekeeper(
            world.Store, world.Pipelines, new PromotionRetention(world.Store, options, world.Time), new FreightRetention(world.Store, options, world.Time))
            .KeepAsync(A.Project, default);

        Assert.Equal(CostCounts.Of("housekeeping.round-trips"), world.Rows.RoundTrips);
    }

    private static Domain.Pipelines.PromotionStep Done => A.Step("compose-output", """{"done":true}""");
}
