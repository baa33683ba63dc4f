namespace Waybill.Domain.Pipelines;

/// <summary>A source of freight: watches Git repositories and bundles their newest commits.</summary>
public sealed record Warehouse
{
    public required string Name { get; init; }

    /// <summary>How often the repositories are asked when no webhook came. Kargo's default is five minutes.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether a new commit makes freight by itself, or a person assembles it.</summary>
    public FreightCreationPolicy FreightCreationPolicy { get; init; } = FreightCreationPolicy.Automatic;

    /// <summary>What is watched; freight holds one commit of each.</summary>
    public required IReadOnlyList<GitSubscription> Subscriptions { get; init; }
}

/// <summary>Who turns discovered commits into freight.</summary>
public enum FreightCreationPolicy
{
    /// <summary>Freight is created as soon as a subscription's newest commit changes.</summary>
    Automatic,

    /// <summary>Commits are remembered; a person creates freight from them.</summary>
    Manual,
}
