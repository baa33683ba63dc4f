namespace Waybill.Engine.Reporting;

/// <summary>What GitHub was told of a stage's promotions, so that it is told nothing twice and no deployment is created twice.</summary>
public sealed record StageReports
{
    /// <summary>Older promotions have long been told about.</summary>
    public const int Limit = 60;

    public required string Stage { get; init; }

    /// <summary>The promotion that was reported last comes first.</summary>
    public IReadOnlyList<ReportedPromotion> Promotions { get; init; } = [];

    public ReportedPromotion? Find(string promotion) => Promotions.FirstOrDefault(p => p.Name == promotion);

    public StageReports With(ReportedPromotion promotion) => this with
    {
        Promotions = [promotion, .. Promotions.Where(p => p.Name != promotion.Name).Take(Limit - 1)],
    };
}

/// <summary>What GitHub was told of a promotion.</summary>
/// <param name="Name">The promotion.</param>
/// <param name="Told">What it was told last; null while telling it for the first time is under way or went wrong.</param>
/// <param name="Deployments">The numbers of its deployments, by repository.</param>
public sealed record ReportedPromotion(string Name, PromotionReport? Told, IReadOnlyDictionary<string, long> Deployments);
