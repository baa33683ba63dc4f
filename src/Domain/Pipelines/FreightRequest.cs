namespace Waybill.Domain.Pipelines;

/// <summary>One origin of freight that a stage asks for, and the ways it may come.</summary>
/// <param name="Warehouse">The origin.</param>
/// <param name="Sources">Straight from the warehouse, through other stages, or both.</param>
public sealed record FreightRequest(string Warehouse, FreightSources Sources);

/// <summary>Where a stage accepts freight from.</summary>
public sealed record FreightSources
{
    /// <summary>Whether new freight is accepted straight from the warehouse.</summary>
    public bool Direct { get; init; }

    /// <summary>Upstream stages that freight may come from once verified there.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>Whether one upstream stage must have verified the freight, or all of them.</summary>
    public AvailabilityStrategy AvailabilityStrategy { get; init; } = AvailabilityStrategy.OneOf;

    /// <summary>How long freight must have stayed in an upstream stage after arriving there; zero for not at all.</summary>
    public TimeSpan RequiredSoakTime { get; init; } = TimeSpan.Zero;

    /// <summary>Which of the available freight auto-promotion picks.</summary>
    public SelectionPolicy SelectionPolicy { get; init; } = SelectionPolicy.NewestFreight;
}

/// <summary>How many upstream stages must have verified (and soaked) freight before it is available.</summary>
public enum AvailabilityStrategy
{
    OneOf,
    All,
}

/// <summary>What auto-promotion picks among available freight.</summary>
public enum SelectionPolicy
{
    /// <summary>The freight discovered last.</summary>
    NewestFreight,

    /// <summary>The freight that the one upstream stage holds right now.</summary>
    MatchUpstream,
}
