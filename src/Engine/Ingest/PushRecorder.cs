using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Discovery;
using Waybill.Engine.Records;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Ingest;

/// <summary>
/// Stores what a push brings to a project's warehouses: one read, and one commit that holds the freight, the audit and the
/// delivery's identity together. A redelivery is recognised by the read.
/// </summary>
public sealed class PushRecorder(ProjectStore store, PushResolver resolver, FreightAssembler assembler, TimeProvider time)
{
    /// <summary>So many warehouses fit one commit with room to spare; a monorepo's others follow in further ones.</summary>
    private const int WarehousesPerCommit = 16;

    // Pushes of one project write the same rows: taking turns within a process is cheaper than losing commits to each other.
    private readonly KeyedTurns _turns = new();

    public async Task<RecordedPush> RecordAsync(
        string project, IReadOnlyList<Warehouse> warehouses, string deliveryId, GitHubPush push, CancellationToken cancellationToken)
    {
        // A push is judged once, however often the commit has to be tried, and not at all for a redelivery.
        var matches = new Dictionary<GitSubscription, PushMatch>(ReferenceEqualityComparer.Instance);
        var conflicts = new FreightConflicts();
        using var turn = await _turns.TakeAsync(project, cancellationToken);
        return await Optimistic.RunAsync(
            async token =>
            {
                var state = await store.GetIngestStateAsync(project, token);
                if (state.Deliveries.Value.Ids.Contains(deliveryId))
                {
                    return RecordedPush.Duplicate;
                }

                await MatchAsync(matches, warehouses, push, token);
                return await conflicts.WatchAsync(() => CommitAsync(project, warehouses, deliveryId, push, state, matches, conflicts, token));
            },
            cancellationToken);
    }

    private async Task MatchAsync(
        Dictionary<GitSubscription, PushMatch> matches, IReadOnlyList<Warehouse> warehouses, GitHubPush push, CancellationToken cancellationToken)
    {
        foreach (var subscription in warehouses.SelectMany(w => w.Subscriptions)
            .Where(s => !matches.ContainsKey(s) && GitUrl.SameRepository(s.RepoUrl, push.Repository.CloneUrl)))
        {
            matches[subscription] = await resolver.ResolveAsync(subscription, push, cancellationToken);
        }
    }

    private async Task<RecordedPush> CommitAsync(
        string project,
        IReadOnlyList<Warehouse> warehouses,
        string deliveryId,
        GitHubPush push,
        IngestState state,
        Dictionary<GitSubscription, PushMatch> matches,
        FreightConflicts conflicts,
        CancellationToken cancellationToken)
    {
        List<string> freight = [];
        List<string> reasons = [];
        var chunks = warehouses.Chunk(WarehousesPerCommit).ToList();
        foreach (var chunk in chunks)
        {
            var transaction = store.Begin(project);
            if (chunk == chunks[^1])
            {
                // The delivery counts as taken only with the last of its freight.
                transaction.Write(state.Deliveries.Then(state.Deliveries.Value.Add(deliveryId)));
            }

            foreach (var warehouse in chunk)
            {
                var news = Learn(warehouse, state.Of(warehouse.Name).Value, push, matches, reasons);
                freight.AddRange(assembler.Assemble(transaction, warehouse, state.Of(warehouse.Name), news, $"github:{push.Sender ?? "unknown"}", conflicts));
            }

            await transaction.CommitAsync(cancellationToken);
        }

        return new RecordedPush(false, freight, reasons);
    }

    private List<SubscriptionNews> Learn(
        Warehouse warehouse, WarehouseState state, GitHubPush push, Dictionary<GitSubscription, PushMatch> matches, List<string> reasons)
    {
        List<SubscriptionNews> news = [];
        foreach (var subscription in warehouse.Subscriptions)
        {
            switch (matches.GetValueOrDefault(subscription))
            {
                case PushMatch.Matches matched:
                    news.Add(Describe(subscription, matched.Commit, state.Of(subscription), push) with { Others = matched.Others });
                    break;
                case PushMatch.DoesNotMatch other:
                    reasons.Add($"{warehouse.Name}: {other.Reason}.");
                    break;
            }
        }

        return news;
    }

    private SubscriptionNews Describe(GitSubscription subscription, GitCommit commit, SubscriptionState known, GitHubPush push)
    {
        var now = time.GetUtcNow();
        var pushedAt = push.Repository.PushedAt;
        var isLate = known.Commit is not null && known.Commit.Id != commit.Id
            && (push.After == known.PreviousHead || (pushedAt is not null && pushedAt < known.PushedAt));

        // A webhook that was overtaken brings freight that is older than the newest, whenever it comes.
        var discoveredAt = isLate ? known.DiscoveredAt!.Value.AddMilliseconds(-1) : now;
        return new SubscriptionNews(subscription, new SubscriptionState
        {
            Commit = commit,
            Discovered = known.Discovered,
            Mark = known.Mark,
            PushedAt = pushedAt,
            PreviousHead = push.Before,
            DiscoveredAt = discoveredAt,
        }, isLate);
    }
}

/// <summary>What a project made of a push.</summary>
/// <param name="IsDuplicate">Whether the delivery was taken before.</param>
/// <param name="Freight">The freight that now exists because of it.</param>
/// <param name="Reasons">Why warehouses did without it.</param>
public sealed record RecordedPush(bool IsDuplicate, IReadOnlyList<string> Freight, IReadOnlyList<string> Reasons)
{
    public static RecordedPush Duplicate { get; } = new(true, [], []);
}
