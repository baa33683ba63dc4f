using Waybill.Domain.Pipelines;
using Waybill.Engine.Discovery;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Ingest;

/// <summary>
/// Asks GitHub what a warehouse's repositories hold, because GitHub does not deliver a webhook twice. An unchanged repository costs
/// one conditional request and no write.
/// </summary>
public sealed class WarehousePoller(ProjectStore store, CommitDiscovery discovery, FreightAssembler assembler, IDriver driver, TimeProvider time)
{
    /// <summary>Returns the freight that now exists because of it.</summary>
    public async Task<IReadOnlyList<string>> PollAsync(string project, Warehouse warehouse, CancellationToken cancellationToken)
    {
        var conflicts = new FreightConflicts();
        var created = await Optimistic.RunAsync(
            async token =>
            {
                var state = (await store.GetIngestStateAsync(project, token)).Of(warehouse.Name);
                var (news, problem) = await AskAsync(warehouse, state.Value, token);
                return await conflicts.WatchAsync(() => CommitAsync(project, warehouse, state, news, problem, conflicts, token));
            },
            cancellationToken);

        if (created.Count > 0)
        {
            await driver.EvaluateProjectAsync(project, null, cancellationToken);
        }

        return created;
    }

    private async Task<IReadOnlyList<string>> CommitAsync(
        string project,
        Warehouse warehouse,
        Stored<WarehouseState> state,
        IReadOnlyList<SubscriptionNews> news,
        string? problem,
        FreightConflicts conflicts,
        CancellationToken cancellationToken)
    {
        var transaction = store.Begin(project);
        var created = assembler.Assemble(transaction, warehouse, state, news, $"warehouse:{warehouse.Name}", conflicts);
        if (problem != state.Value.Problem && transaction.Count == 0)
        {
            transaction.Write(state.Then(state.Value with { Problem = problem }));
        }

        if (transaction.Count > 0)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return created;
    }

    private async Task<(IReadOnlyList<SubscriptionNews> News, string? Problem)> AskAsync(
        Warehouse warehouse, WarehouseState state, CancellationToken cancellationToken)
    {
        List<SubscriptionNews> news = [];
        string? problem = null;
        foreach (var subscription in warehouse.Subscriptions)
        {
            var known = state.Of(subscription);
            try
            {
                var askedAt = time.GetUtcNow();
                var result = await discovery.DiscoverAsync(subscription, known.Mark, cancellationToken);
                problem ??= (result as DiscoveryResult.None)?.Reason;
                if (Learn(subscription, known, result, askedAt) is { } learnt)
                {
                    news.Add(learnt);
                }
            }
            catch (GitHubException e)
            {
                problem ??= e.Message;
            }
        }

        return (news, problem);
    }

    private SubscriptionNews? Learn(GitSubscription subscription, SubscriptionState known, DiscoveryResult result, DateTimeOffset askedAt)
    {
        if (result is not DiscoveryResult.Found found)
        {
            return result.Mark == known.Mark ? null : new SubscriptionNews(subscription, known with { Mark = result.Mark }, IsLate: false);
        }

        var isNew = found.Commit.Id != known.Commit?.Id || found.Commit.Tag != known.Commit?.Tag;
        if (!isNew && found.Mark == known.Mark)
        {
            return null;
        }

        // GitHub tells push times in whole seconds: what was pushed while we asked must not look older than the answer.
        var learnt = isNew
            ? new SubscriptionState { Commit = found.Commit, Discovered = known.Discovered, PushedAt = askedAt.AddSeconds(-5), DiscoveredAt = time.GetUtcNow() }
            : known;
        return new SubscriptionNews(subscription, learnt with { Mark = found.Mark }, IsLate: false);
    }
}
