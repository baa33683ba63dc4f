using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;

namespace Waybill.Domain.Tests;

/// <summary>Small values that tests start from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static Freight Freight(string id = "f1", string warehouse = "app", int minute = 0) => new()
    {
        Id = id,
        Alias = $"alias-{id}",
        Warehouse = warehouse,
        Commits = [new GitCommit { RepoUrl = "https://github.com/acme/app", Id = new string('a', 40) }],
        DiscoveredAt = Noon.AddMinutes(minute),
    };

    /// <summary>Freight that arrived in a stage and was verified there at once.</summary>
    public static Freight In(this Freight freight, string stage, double hoursAgo) =>
        freight.Enter(stage, Noon.AddHours(-hoursAgo)).VerifyIn(stage, Noon.AddHours(-hoursAgo));

    /// <summary>Freight that stayed in a stage, verified, and left.</summary>
    public static Freight After(this Freight freight, string stage, double hours) => freight.In(stage, hours).Leave(stage, Noon);

    public static Stage Stage(FreightSources sources, string name = "prod", bool auto = true) => new()
    {
        Name = name,
        RequestedFreight = [new FreightRequest("app", sources)],
        AutoPromotionEnabled = auto,
        Steps = Steps("deploy"),
    };

    public static FreightSources FromWarehouse => new() { Direct = true };

    public static FreightSources From(params string[] stages) => new() { Stages = stages };

    public static IReadOnlyList<PromotionStep> Steps(params string[] names) => [.. names.Select(n => new PromotionStep { Uses = "http", As = n })];

    public static Promotion Promotion(params PromotionStep[] steps)
    {
        var freight = FreightReference.To(Freight());
        return new Promotion
        {
            Project = "shop",
            Name = "prod.01k0000000000000000000000a.f1",
            Stage = "prod",
            Freight = freight,
            Collection = new Dictionary<string, FreightReference> { ["app"] = freight },
            Actor = "ada",
            CreatedAt = Noon,
            Steps = steps,
            StepStates = [.. steps.Select(_ => new StepState())],
        };
    }
}
