using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Discovery;

namespace Waybill.Engine.Records;

/// <summary>What is known of a warehouse's repositories.</summary>
public sealed record WarehouseState
{
    // Every push asks for the same few, and a key takes longer to make than anything else about it.
    private static readonly ConditionalWeakTable<GitSubscription, string> Keys = [];

    public required string Warehouse { get; init; }

    /// <summary>By subscription: the newest commit that counts, and how it was learnt.</summary>
    public IReadOnlyDictionary<string, SubscriptionState> Subscriptions { get; init; } = new Dictionary<string, SubscriptionState>();

    /// <summary>The freight created last.</summary>
    public string? LatestFreight { get; init; }

    /// <summary>What was wrong when they were last asked; null when nothing was.</summary>
    public string? Problem { get; init; }

    /// <summary>What is known of a subscription, provided that it was not edited since.</summary>
    public SubscriptionState Of(GitSubscription subscription) =>
        Subscriptions.GetValueOrDefault(KeyOf(subscription)) ?? new SubscriptionState();

    /// <summary>This state with a subscription's replaced, and those of subscriptions that are no longer there dropped.</summary>
    public WarehouseState With(Warehouse warehouse, GitSubscription subscription, SubscriptionState state)
    {
        var keys = warehouse.Subscriptions.Select(KeyOf).ToHashSet();
        var kept = Subscriptions.Where(s => keys.Contains(s.Key)).ToDictionary();
        kept[KeyOf(subscription)] = state;
        return this with { Subscriptions = kept };
    }

    /// <summary>Identifies a subscription by all that it says: an edited one starts afresh.</summary>
    private static string KeyOf(GitSubscription subscription) => Keys.GetValue(subscription, MakeKey);

    private static string MakeKey(GitSubscription subscription)
    {
        var content = SHA256.HashData(Encoding.UTF8.GetBytes(RecordJson.Write(subscription)));
        return $"{GitUrl.Normalize(subscription.RepoUrl)}|{Convert.ToHexStringLower(content.AsSpan(0, 8))}";
    }
}

/// <summary>What is known of one subscription.</summary>
public sealed record SubscriptionState
{
    /// <summary>Every push reads and writes the list, so it is kept short.</summary>
    public const int DiscoveredLimit = 20;

    /// <summary>The newest commit that counts; null before one was found.</summary>
    public GitCommit? Commit { get; init; }

    /// <summary>The commits that count, the one found last first: what a person can make freight of. At most <see cref="DiscoveredLimit"/>.</summary>
    public IReadOnlyList<GitCommit> Discovered { get; init; } = [];

    /// <summary>How far the repository was looked at, for the next conditional request.</summary>
    public DiscoveryMark Mark { get; init; } = DiscoveryMark.None;

    /// <summary>When the commit reached GitHub, as far as known; orders pushes whose webhooks overtook each other.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>The branch's head before the push that brought the commit; null when a push did not bring it.</summary>
    public string? PreviousHead { get; init; }

    /// <summary>When Waybill first saw the commit.</summary>
    public DateTimeOffset? DiscoveredAt { get; init; }

    /// <summary>This state after further commits were found, newest first.</summary>
    public SubscriptionState Discover(IEnumerable<GitCommit> found, int limit) => this with
    {
        Discovered = [.. found.Concat(Discovered).DistinctBy(c => (c.Id, c.Tag)).Take(Math.Clamp(limit, 1, DiscoveredLimit))],
    };
}

/// <summary>The webhook deliveries taken last, oldest first: a redelivery is recognised by one read.</summary>
public sealed record DeliveryLog
{
    /// <summary>How many are remembered. Older redeliveries are harmless too: they find their freight there already.</summary>
    public const int Limit = 64;

    public IReadOnlyList<string> Ids { get; init; } = [];

    public DeliveryLog Add(string id) => new() { Ids = [.. Ids.Skip(Math.Max(0, Ids.Count + 1 - Limit)), id] };
}
