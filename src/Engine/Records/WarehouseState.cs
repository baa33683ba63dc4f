using Waybill.Domain.Freights;

namespace Waybill.Engine.Records;

/// <summary>What is known of a warehouse's repositories.</summary>
public sealed record WarehouseState
{
    public required string Warehouse { get; init; }

    /// <summary>By <see cref="KeyOf"/>: the newest commit that counts, and how it was learnt.</summary>
    public IReadOnlyDictionary<string, SubscriptionState> Subscriptions { get; init; } = new Dictionary<string, SubscriptionState>();

    /// <summary>The freight created last.</summary>
    public string? LatestFreight { get; init; }

    /// <summary>When the repositories were last asked; null before the first time.</summary>
    public DateTimeOffset? PolledAt { get; init; }

    /// <summary>What was wrong when they were last asked; null when nothing was.</summary>
    public string? Problem { get; init; }

    /// <summary>Identifies a subscription within its warehouse.</summary>
    public static string KeyOf(Domain.Pipelines.GitSubscription subscription) =>
        $"{GitUrl.Normalize(subscription.RepoUrl)}|{subscription.Name}|{subscription.Branch}|{subscription.Strategy}";
}

/// <summary>What is known of one subscription.</summary>
public sealed record SubscriptionState
{
    /// <summary>The newest commit that counts; null before one was found.</summary>
    public GitCommit? Commit { get; init; }

    /// <summary>For the next conditional request.</summary>
    public string? ETag { get; init; }

    /// <summary>When the push that brought the commit reached GitHub; orders pushes whose webhooks overtook each other.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>When Waybill first saw the commit.</summary>
    public DateTimeOffset? DiscoveredAt { get; init; }
}

/// <summary>The webhook deliveries taken last, oldest first: a redelivery is recognised by one read.</summary>
public sealed record DeliveryLog
{
    /// <summary>How many are remembered. Older redeliveries are harmless too: they find their freight there already.</summary>
    public const int Limit = 256;

    public IReadOnlyList<string> Ids { get; init; } = [];

    public DeliveryLog Add(string id) => new() { Ids = [.. Ids.Skip(Math.Max(0, Ids.Count + 1 - Limit)), id] };
}
