using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Auditing;
using Waybill.Engine.Records;
using Waybill.Engine.Telemetry;

namespace Waybill.Engine.Ingest;

/// <summary>Bundles a warehouse's newest commits into freight, once it knows one of every subscription.</summary>
public sealed class FreightAssembler(AuditLog audit, TimeProvider time)
{
    /// <summary>
    /// Adds to a transaction what became known of a warehouse's subscriptions, and the freight that follows. Returns the freight's
    /// identities. What <paramref name="conflicts"/> says is there already is not created again.
    /// </summary>
    internal IReadOnlyList<string> Assemble(
        ProjectTransaction transaction, Warehouse warehouse, Stored<WarehouseState> state, IReadOnlyList<SubscriptionNews> news, string actor, FreightConflicts conflicts)
    {
        var after = state.Value;
        List<string> created = [];
        foreach (var item in news)
        {
            var withNews = after.With(warehouse, item.Subscription, item.Found(item.State));
            if (warehouse.FreightCreationPolicy is FreightCreationPolicy.Automatic
                && Bundle(warehouse, withNews, item, conflicts) is { } freight && freight.Id != after.LatestFreight)
            {
                created.Add(freight.Id);
                after = item.IsLate ? after : after with { LatestFreight = freight.Id };
                if (!conflicts.Exists(freight.Id))
                {
                    transaction.Write(new Stored<Freight>(freight, null)).Audit(Entry(freight, actor));
                }
            }

            after = item.IsLate
                ? after.With(warehouse, item.Subscription, item.Found(after.Of(item.Subscription)))
                : withNews with { LatestFreight = after.LatestFreight };
        }

        if (!ReferenceEquals(after, state.Value))
        {
            transaction.Write(state.Then(after with { Problem = null }));
        }

        return created;
    }

    /// <summary>Freight of given commits, with the alias that is its turn.</summary>
    internal static Freight Create(Warehouse warehouse, IReadOnlyList<GitCommit> commits, DateTimeOffset discoveredAt, FreightConflicts conflicts)
    {
        var id = FreightIdentity.Of(warehouse.Name, commits);
        return new Freight
        {
            Id = id,
            Alias = FreightAlias.Of(id, conflicts.AliasAttempts(id)),
            Warehouse = warehouse.Name,
            Commits = commits,
            DiscoveredAt = discoveredAt,
            TraceParent = WaybillTelemetry.TraceParent,
        };
    }

    internal AuditEntry Entry(Freight freight, string actor) =>
        audit.Entry(
            AuditAction.FreightCreated,
            actor,
            $"Freight {freight.Alias} holds {string.Join(", ", freight.Commits.Select(c => $"{c.ShortId} \"{c.Subject}\""))}.") with
        {
            Freight = freight.Id,
        };

    private Freight? Bundle(Warehouse warehouse, WarehouseState state, SubscriptionNews news, FreightConflicts conflicts)
    {
        var commits = warehouse.Subscriptions.Select(s => state.Of(s).Commit).ToList();
        return commits.Any(c => c is null)
            ? null
            : Create(warehouse, [.. commits.OfType<GitCommit>()], news.State.DiscoveredAt ?? time.GetUtcNow(), conflicts);
    }
}

/// <summary>What became known of a subscription.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="State">Its new state.</param>
/// <param name="IsLate">Whether newer things are known already: then it makes freight, but is not the newest.</param>
internal sealed record SubscriptionNews(GitSubscription Subscription, SubscriptionState State, bool IsLate)
{
    /// <summary>Other commits that count and came with it, newest first.</summary>
    public IReadOnlyList<GitCommit> Others { get; init; } = [];

    /// <summary>A state of the subscription with what was found among its discovered commits.</summary>
    public SubscriptionState Found(SubscriptionState state) =>
        State.Commit is { } commit ? state.Discover([commit, .. Others], Subscription.DiscoveryLimit) : state;
}
