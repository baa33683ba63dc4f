using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Records;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class CostTests
{
    public static TheoryData<string, int> Lists => new()
    {
        { "/api/projects", 0 },
        { "/api/projects/shop/freight", 2 },
        { "/api/projects/shop/freight?stage=prod", 1 },
        { "/api/projects/shop/stages", 3 },
        { "/api/projects/shop/stages/prod", 2 },
        { "/api/projects/shop/promotions", 4 },
        { "/api/projects/shop/promotions?stage=dev", 1 },
        { "/api/projects/shop/audit", 1 },
        { "/projects/shop", 3 },
        { "/projects/shop/stages/dev", 3 },
        { "/projects/shop/audit", 1 },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Round_trips_do_not_grow_with_history(string path, int roundTrips)
    {
        Assert.Equal((roundTrips, roundTrips), (await CountAsync(path, 3), await CountAsync(path, 300)));
    }

    [Fact]
    public async Task A_promotion_that_runs_costs_the_dashboard_one_more()
    {
        await using var world = await WebWorld.StartAsync();
        await world.AskForProdAsync();
        world.Counts.Reset();

        await world.Client.GetPageAsync("/projects/shop");

        Assert.Equal(4, world.Counts.RoundTrips);
    }

    private static async Task<int> CountAsync(string path, int history)
    {
        await using var world = await WebWorld.StartAsync();
        await FillAsync(world, history);
        world.Counts.Reset();

        using var response = await world.Client.GetAsync(new Uri(path, UriKind.Relative));

        response.EnsureSuccessStatusCode();
        return world.Counts.RoundTrips;
    }

    private static async Task FillAsync(WebWorld world, int history)
    {
        var store = world.Get<ProjectStore>();
        var stage = await store.GetStageAsync(SamplePipeline.Project, "dev", CancellationToken.None);
        for (var i = 0; i < history; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            var freight = Freight(i, world.Time.GetUtcNow());
            var state = stage.Value with
            {
                Current = new Dictionary<string, FreightReference> { [freight.Warehouse] = FreightReference.To(freight) },
            };
            var versions = await store.Begin(SamplePipeline.Project)
                .Write(new Stored<Freight>(freight, null))
                .Write(new Stored<Promotion>(Promotion(freight, world.Time.GetUtcNow()), null))
                .Write(stage.Then(state))
                .PointVerified("dev", freight)
                .Audit(world.Get<Engine.Auditing.AuditLog>().Entry(AuditAction.FreightVerified, "waybill", "It works."))
                .CommitAsync(CancellationToken.None);
            stage = versions.Of(state);
        }
    }

    private static Freight Freight(int number, DateTimeOffset now) => new Freight
    {
        Id = number.ToString("x40", System.Globalization.CultureInfo.InvariantCulture),
        Alias = $"alias-{number}",
        Warehouse = SamplePipeline.Warehouse,
        Commits = [new GitCommit { RepoUrl = SamplePipeline.Repository, Id = new string('a', 40), Subject = $"Change {number}" }],
        DiscoveredAt = now,
    }.Enter("dev", now).VerifyIn("dev", now);

    private static Promotion Promotion(Freight freight, DateTimeOffset now) => new()
    {
        Project = SamplePipeline.Project,
        Name = PromotionName.Of("dev", Ulid.NewUlid(now).ToString(), freight.Id),
        Stage = "dev",
        Freight = FreightReference.To(freight),
        Collection = new Dictionary<string, FreightReference> { [freight.Warehouse] = FreightReference.To(freight) },
        Actor = "auto-promotion",
        CreatedAt = now,
        Phase = PromotionPhase.Succeeded,
    };
}
