using Microsoft.Extensions.Time.Testing;
using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Auditing;
using Waybill.Engine.Housekeeping;
using Waybill.Engine.Records;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;
using Waybill.TestStores;

namespace Waybill.Engine.Tests.Housekeeping;

public sealed class ProjectHousekeeperTests : IAsyncLifetime
{
    private const string Warehouse = "app";

    private readonly FakeTimeProvider _time = new(A.Noon);
    private readonly RetentionOptions _options = new() { PromotionsPerStage = 5, FreightPerWarehouse = 5 };
    private readonly List<Freight> _freight = [];
    private readonly List<Promotion> _promotions = [];
    private SqliteTemporaryFile _file = null!;
    private CountingRowStore _rows = null!;
    private ProjectStore _store = null!;

    public async Task InitializeAsync()
    {
        _file = await SqliteTemporaryFile.CreateAsync();
        _rows = new CountingRowStore(_file.Store);
        _store = new ProjectStore(_rows);
    }

    public async Task DisposeAsync() => await _file.DisposeAsync();

    [Fact]
    public async Task Old_promotions_beyond_the_number_kept_go_and_their_audit_stays()
    {
        await HistoryAsync(12);
        _time.Advance(TimeSpan.FromDays(30));

        var report = await KeepAsync();

        Assert.Equal(7, report.Promotions);
        Assert.Equal(_promotions.Skip(7).Select(p => p.Name).Reverse(), await PromotionsAsync());
        Assert.Equal(12, (await _store.ListAuditAsync(A.Project, 100, null, default)).Items.Count);
    }

    [Fact]
    public async Task Nothing_goes_before_its_time()
    {
        await HistoryAsync(12);
        _time.Advance(TimeSpan.FromHours(335));

        Assert.Equal(new HousekeepingReport(0, 0), await KeepAsync());
    }

    [Fact]
    public async Task The_number_kept_counts_from_the_oldest_promotion_that_is_not_over()
    {
        await HistoryAsync(20);
        var waiting = _promotions[10];
        await ChangeStageAsync(s => s with { Queue = [new QueuedPromotion(waiting.Name, waiting.Freight, "ada", waiting.CreatedAt)] });
        _time.Advance(TimeSpan.FromDays(30));

        await KeepAsync();

        // 10 to 19 are it and what came after it; 5 to 9 are the five that are kept.
        Assert.Equal(_promotions.Skip(5).Select(p => p.Name).Reverse(), await PromotionsAsync());
    }

    [Fact]
    public async Task What_a_stage_names_stays_however_old()
    {
        await HistoryAsync(20);
        await ChangeStageAsync(s => s with
        {
            History = [new Holding(new Dictionary<string, FreightReference>(), _promotions[2].Name, A.Noon)],
            Holds = new Dictionary<string, Hold> { [Warehouse] = new("f", _promotions[3].Name, "ada", A.Noon) },
        });
        _time.Advance(TimeSpan.FromDays(30));

        await KeepAsync();

        Assert.Subset((await PromotionsAsync()).ToHashSet(), new HashSet<string> { _promotions[2].Name, _promotions[3].Name });
    }

    [Fact]
    public async Task Old_freight_goes_from_every_list_it_is_in()
    {
        await FreightAsync(12);
        await VerifyAsync(_freight[1]);
        _time.Advance(TimeSpan.FromDays(30));

        var report = await KeepAsync();

        Assert.Equal(7, report.Freight);
        Assert.Equal(_freight.Skip(7).Select(f => f.Id).Reverse(), (await _store.ListFreightAsync(A.Project, Warehouse, 100, null, default)).Items.Select(f => f.Id));
        Assert.Null(await _store.GetFreightAsync(A.Project, _freight[1].Id, default));
        Assert.Null(await _store.FindFreightAsync(A.Project, _freight[1].Alias, default));
        Assert.Empty(await _file.Store.QueryAsync(A.Project, Ports.KeyRange.Prefix(RowKeys.VerifiedIn("dev", "app")), 10, default));
    }

    [Fact]
    public async Task Freight_in_use_stays_and_so_does_what_came_after_it_and_what_a_stage_held_lately()
    {
        await FreightAsync(20);
        await ChangeStageAsync(s => s with
        {
            Current = new Dictionary<string, FreightReference> { [Warehouse] = FreightReference.To(_freight[10]) },
            History = [new Holding(new Dictionary<string, FreightReference> { [Warehouse] = FreightReference.To(_freight[0]) }, "p", A.Noon)],
        });
        _time.Advance(TimeSpan.FromDays(30));

        await KeepAsync();

        var kept = (await _store.ListFreightAsync(A.Project, Warehouse, 100, null, default)).Items.Select(f => f.Id);
        Assert.Equal(_freight.Skip(5).Prepend(_freight[0]).Select(f => f.Id).Reverse(), kept);
    }

    [Fact]
    public async Task A_run_does_a_bounded_amount_and_the_next_ones_go_on_to_the_end()
    {
        await HistoryAsync(260);
        await FreightAsync(40);
        _time.Advance(TimeSpan.FromDays(30));

        for (var run = 0; run < 4; run++)
        {
            _rows.Reset();
            await KeepAsync();
            Assert.InRange(_rows.RoundTrips, 1, 60);
        }

        Assert.Equal(5, (await PromotionsAsync()).Count);
        Assert.Equal(5, (await _store.ListFreightAsync(A.Project, Warehouse, 100, null, default)).Items.Count);
    }

    [Fact]
    public async Task Young_freight_does_not_hide_the_old_behind_it()
    {
        await FreightAsync(12);
        _time.Advance(TimeSpan.FromDays(30));
        await FreightAsync(60);

        await KeepAsync();
        await KeepAsync();

        Assert.Equal(60, (await _store.ListFreightAsync(A.Project, Warehouse, 100, null, default)).Items.Count);
    }

    [Fact]
    public async Task When_there_is_nothing_to_do_it_costs_a_few_reads()
    {
        await HistoryAsync(3);
        _rows.Reset();

        await KeepAsync();

        Assert.InRange(_rows.RoundTrips, 1, 3);
        Assert.Equal(0, _rows.Commits);
    }

    private Task<HousekeepingReport> KeepAsync()
    {
        var pipelines = new Pipelines();
        pipelines.InForce[A.Project] = new Pipeline { Project = A.Project, Warehouses = [new Warehouse { Name = Warehouse, Subscriptions = [] }] };
        return new ProjectHousekeeper(_store, pipelines, new PromotionRetention(_store, _options, _time), new FreightRetention(_store, _options, _time))
            .KeepAsync(A.Project, default);
    }

    private async Task<IReadOnlyList<string>> PromotionsAsync() =>
        [.. (await _store.ListPromotionsAsync(A.Project, "dev", 500, null, default)).Items.Select(p => p.Name)];

    private async Task HistoryAsync(int count)
    {
        var audit = new AuditLog(_time);
        var freight = A.Freight("c0ffee" + 1.ToString("x34"), Warehouse, _time.GetUtcNow());
        for (var i = 0; i < count; i++)
        {
            var now = _time.GetUtcNow();
            var promotion = new Promotion
            {
                Project = A.Project,
                Name = PromotionName.Of("dev", Ulid.NewUlid(now).ToString(), freight.Id),
                Stage = "dev",
                Freight = FreightReference.To(freight),
                Collection = new Dictionary<string, FreightReference>(),
                Actor = "ada",
                CreatedAt = now,
                FinishedAt = now,
                Phase = PromotionPhase.Failed,
            };
            _promotions.Add(promotion);
            await _store.Begin(A.Project)
                .Write(new Stored<Promotion>(promotion, null))
                .Audit(audit.Entry(AuditAction.PromotionCreated, "ada", promotion, "Created."))
                .CommitAsync(default);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        await ChangeStageAsync(s => s);
    }

    private async Task FreightAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var freight = A.Freight("c0ffee" + (_freight.Count + 1).ToString("x34"), Warehouse, _time.GetUtcNow());
            _freight.Add(freight);
            await _store.Begin(A.Project).Write(new Stored<Freight>(freight, null)).CommitAsync(default);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private async Task VerifyAsync(Freight freight)
    {
        var stored = (await _store.GetFreightAsync(A.Project, freight.Id, default))!;
        var verified = stored.Then(stored.Value.VerifyIn("dev", _time.GetUtcNow()));
        await _store.Begin(A.Project).Write(verified).PointVerified("dev", verified.Value).CommitAsync(default);
    }

    private async Task ChangeStageAsync(Func<StageState, StageState> change)
    {
        var stage = await _store.GetStageAsync(A.Project, "dev", default);
        await _store.Begin(A.Project).Write(stage.Then(change(stage.Value))).CommitAsync(default);
    }
}
