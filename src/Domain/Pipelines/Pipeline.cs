namespace Waybill.Domain.Pipelines;

/// <summary>
/// One project's change management as its manifests describe it, resolved and checked: promotion tasks are inlined,
/// promotion policies applied, references known to exist. Immutable; a reload makes a new one.
/// </summary>
public sealed record Pipeline
{
    /// <summary>The project's name; also the partition of everything that is stored about it.</summary>
    public required string Project { get; init; }

    /// <summary>Where freight comes from.</summary>
    public IReadOnlyList<Warehouse> Warehouses { get; init; } = [];

    /// <summary>Where freight goes, upstream stages before the stages they feed.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [];

    /// <summary>What expressions read with <c>configMap()</c>: keys and values, by the config map's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ConfigMaps { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public Warehouse? FindWarehouse(string name) => Warehouses.FirstOrDefault(w => w.Name == name);

    public Stage? FindStage(string name) => Stages.FirstOrDefault(s => s.Name == name);

    /// <summary>The stages that take freight of at least one origin from <paramref name="stage"/>.</summary>
    public IEnumerable<Stage> DownstreamOf(string stage) =>
        Stages.Where(s => s.RequestedFreight.Any(r => r.Sources.Stages.Contains(stage)));

    /// <summary>The stages that take freight straight from <paramref name="warehouse"/>.</summary>
    public IEnumerable<Stage> DirectlyFedBy(string warehouse) =>
        Stages.Where(s => s.RequestedFreight.Any(r => r.Warehouse == warehouse && r.Sources.Direct));
}
