using Waybill.Engine.Ports;

namespace Waybill.Functions.Durable;

/// <summary>What <see cref="PromotionOrchestrator"/> is started with, and hands on to itself: the record in storage holds the rest.</summary>
/// <param name="Project">The project.</param>
/// <param name="Name">The promotion's name.</param>
/// <param name="Failures">Rounds in a row in which an activity failed although it was retried.</param>
public sealed record PromotionRun(string Project, string Name, int Failures = 0) : IOrchestrationInput
{
    public string? Problem => string.IsNullOrWhiteSpace(Project) || string.IsNullOrWhiteSpace(Name)
        ? "it names no promotion; it takes {\"Project\": ..., \"Name\": ...}"
        : null;

    public static PromotionRun Of(PromotionKey promotion) => new(promotion.Project, promotion.Name);
}

/// <summary>What a promotion's activities are given.</summary>
/// <param name="Project">The project.</param>
/// <param name="Name">The promotion's name.</param>
/// <param name="Step">The step's index, for <see cref="PromotionActivities.ExecuteStep"/>; -1 otherwise.</param>
/// <param name="Reason">Why, for <see cref="PromotionActivities.GiveUpOnPromotion"/>.</param>
public sealed record PromotionTask(string Project, string Name, int Step = -1, string Reason = "")
{
    internal PromotionKey Key => new(Project, Name);
}
