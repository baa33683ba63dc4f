using System.Globalization;
using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Auditing;
using Waybill.Engine.Records;

namespace Waybill.Web.Tests.World;

/// <summary>A project after so much freight: each with a promotion to dev, a verification there and an audit entry.</summary>
public abstract class History(int length) : IAsyncLifetime
{
    private const int PerCommit = RowsPerCommit / RowsEach;
    private const int RowsPerCommit = 96;
    private const int RowsEach = 6;

    internal WebWorld World { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        World = await WebWorld.StartAsync();
        var store = World.Get<ProjectStore>();
        List<Task> commits = [];
        foreach (var numbers in Enumerable.Range(0, length).Chunk(PerCommit))
        {
            var transaction = store.Begin(SamplePipeline.Project);
            foreach (var number in numbers)
            {
                World.Time.Advance(TimeSpan.FromMinutes(1));
                Add(transaction, Freight(number, World.Time.GetUtcNow()), World.Time.GetUtcNow());
            }

            commits.Add(transaction.CommitAsync(CancellationToken.None));
        }

        await Task.WhenAll(commits);
        var newest = Freight(length - 1, World.Time.GetUtcNow());
        var dev = new StageState { Stage = "dev", Current = Collection(newest) };
        await store.Begin(SamplePipeline.Project).Write(new Stored<StageState>(dev, null)).CommitAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await World.DisposeAsync();

    private void Add(ProjectTransaction transaction, Freight freight, DateTimeOffset now) => transaction
        .Write(new Stored<Freight>(freight, null))
        .Write(new Stored<Promotion>(Promotion(freight, now), null))
        .PointVerified("dev", freight)
        .Audit(World.Get<AuditLog>().Entry(AuditAction.FreightVerified, "waybill", "It works."));

    private static Freight Freight(int number, DateTimeOffset now) => new Freight
    {
        Id = number.ToString("x40", CultureInfo.InvariantCulture),
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
        Collection = Collection(freight),
        Actor = "auto-promotion",
        CreatedAt = now,
        Phase = PromotionPhase.Succeeded,
    };

    private static Dictionary<string, FreightReference> Collection(Freight freight) => new() { [freight.Warehouse] = FreightReference.To(freight) };
}
