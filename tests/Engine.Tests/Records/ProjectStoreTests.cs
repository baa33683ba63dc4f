using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Stages;
using Waybill.Engine.Records;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Records;

public sealed class ProjectStoreTests
{
    [Fact]
    public async Task Freight_is_found_by_its_identity_and_by_its_alias()
    {
        await using var world = await World.WithAsync();
        var freight = await world.FreightAsync();

        Assert.Equal(freight.Id, (await world.Store.FindFreightAsync(A.Project, freight.Id, default))!.Value.Id);
        Assert.Equal(freight.Id, (await world.Store.FindFreightAsync(A.Project, freight.Alias, default))!.Value.Id);
    }

    [Fact]
    public async Task What_another_process_learnt_of_a_warehouse_is_seen()
    {
        await using var world = await World.WithAsync();
        var (ours, theirs) = (world.Store, new ProjectStore(world.Rows));
        await ours.Begin(A.Project).Write(new Stored<WarehouseState>(new WarehouseState { Warehouse = "app", LatestFreight = "1" }, null)).CommitAsync(default);
        var before = (await ours.GetIngestStateAsync(A.Project, default)).Of("app");

        await theirs.Begin(A.Project).Write((await theirs.GetIngestStateAsync(A.Project, default)).Of("app").Then(before.Value with { LatestFreight = "2" })).CommitAsync(default);

        Assert.Equal(("1", "2"), (before.Value.LatestFreight, (await ours.GetIngestStateAsync(A.Project, default)).Of("app").Value.LatestFreight));
        await Assert.ThrowsAsync<RowConflictException>(() => ours.Begin(A.Project).Write(before.Then(before.Value with { LatestFreight = "3" })).CommitAsync(default));
        Assert.Equal("2", (await ours.GetIngestStateAsync(A.Project, default)).Of("app").Value.LatestFreight);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-freight")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("100%")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a b")]
    [InlineData("umlaut-ä")]
    [InlineData("line\nbreak")]
    public async Task Whatever_is_asked_for_that_is_not_there_is_not_found(string text)
    {
        await using var world = await World.WithAsync();

        Assert.Null(await world.Store.FindFreightAsync(A.Project, text, default));
        Assert.Null(await world.Store.FindFreightAsync(A.Project, new string('x', 100_000) + text, default));
        Assert.Null(await world.Store.GetPromotionAsync(A.Project, text, default));
        Assert.Null(await world.Store.GetPromotionAsync(A.Project, $"dev{text}/.01k0abcdefghjkmnpqrstvwxyz.f", default));
    }

    [Fact]
    public async Task Lists_come_newest_first_in_pages_that_leave_nothing_out()
    {
        await using var world = await World.WithAsync();
        List<string> expected = [];
        for (var i = 0; i < 7; i++)
        {
            expected.Insert(0, (await world.FreightAsync()).Id);
            await world.FreightAsync("other");
        }

        List<string> read = [];
        string? after = null;
        do
        {
            var page = await world.Store.ListFreightAsync(A.Project, "app", 3, after, default);
            read.AddRange(page.Items.Select(f => f.Id));
            after = page.Continue;
        }
        while (after is not null);

        Assert.Equal(expected, read);
    }

    [Theory]
    [InlineData("zzz")]
    [InlineData("%")]
    [InlineData("| \n")]
    public async Task A_forged_continuation_reads_no_other_rows(string after)
    {
        await using var world = await World.WithAsync();
        var freight = await world.FreightAsync();

        var page = await world.Store.ListFreightAsync(A.Project, "app", 10, after, default);

        Assert.All(page.Items, f => Assert.Equal(freight.Id, f.Id));
    }

    [Fact]
    public async Task The_same_freight_is_inserted_once()
    {
        await using var world = await World.WithAsync();
        var freight = await world.FreightAsync();

        var again = world.Store.Begin(A.Project).Write(new Stored<Freight>(freight, null));

        await Assert.ThrowsAsync<RowConflictException>(() => again.CommitAsync(default));
    }

    [Fact]
    public async Task An_alias_belongs_to_one_freight()
    {
        await using var world = await World.WithAsync();
        var freight = await world.FreightAsync();
        var thief = A.Freight("beef", "app", A.Noon) with { Alias = freight.Alias };

        await Assert.ThrowsAsync<RowConflictException>(
            () => world.Store.Begin(A.Project).Write(new Stored<Freight>(thief, null)).CommitAsync(default));
        Assert.Null(await world.Store.GetFreightAsync(A.Project, thief.Id, default));
    }

    [Fact]
    public async Task A_change_and_its_audit_happen_together_or_not_at_all()
    {
        await using var world = await World.WithAsync();
        var stale = await world.Store.GetStageAsync(A.Project, "dev", default);
        await world.Store.Begin(A.Project).Write(stale).CommitAsync(default);
        var entry = new AuditEntry { Id = Ulid.NewUlid().ToString(), At = A.Noon, Action = AuditAction.HoldSet, Actor = "ada", Message = "m" };

        var commit = world.Store.Begin(A.Project).Audit(entry).Write(stale).CommitAsync(default);

        await Assert.ThrowsAsync<RowConflictException>(() => commit);
        Assert.Empty(await world.EntriesAsync());
    }

    [Fact]
    public async Task A_commit_says_the_versions_to_go_on_with()
    {
        await using var world = await World.WithAsync();
        var stage = await world.Store.GetStageAsync(A.Project, "dev", default);

        var versions = await world.Store.Begin(A.Project).Write(stage).CommitAsync(default);
        var next = versions.Of(stage.Value).Then(stage.Value with { Health = StageHealth.Worst([], A.Noon) });
        await world.Store.Begin(A.Project).Write(next).CommitAsync(default);

        Assert.Equal(HealthState.Healthy, (await world.StageAsync("dev")).Health.State);
    }

    [Fact]
    public async Task Projects_do_not_see_each_other()
    {
        await using var world = await World.WithAsync();
        var freight = await world.FreightAsync();

        Assert.Null(await world.Store.FindFreightAsync("shop2", freight.Id, default));
        Assert.Empty((await world.Store.ListFreightAsync("shop2", "app", 10, null, default)).Items);
    }

    [Fact]
    public async Task Pointers_lead_to_the_freight_as_it_is_now()
    {
        await using var world = await World.WithAsync();
        var freight = await world.VerifiedFreightAsync("dev");
        await world.ChangeAsync(freight.Id, f => f.Leave("dev", A.Noon));

        var listed = await world.Store.ListVerifiedInAsync(A.Project, "dev", "app", 10, default).ToListAsync();

        Assert.False(Assert.Single(listed).IsCurrentlyIn("dev"));
        Assert.Empty(await world.Store.ListVerifiedInAsync(A.Project, "dev2", "app", 10, default).ToListAsync());
    }

    [Fact]
    public void Of_many_deliveries_the_newest_are_remembered()
    {
        var log = Enumerable.Range(1, DeliveryLog.Limit + 5).Aggregate(new DeliveryLog(), (l, i) => l.Add($"{i}"));

        Assert.Equal(DeliveryLog.Limit, log.Ids.Count);
        Assert.Equal(("6", $"{DeliveryLog.Limit + 5}"), (log.Ids[0], log.Ids[^1]));
    }
}
