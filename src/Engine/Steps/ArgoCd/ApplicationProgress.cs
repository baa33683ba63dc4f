using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Steps.ArgoCd;

/// <summary>How far one Application has come in this run of a step.</summary>
/// <param name="Application">Which.</param>
/// <param name="Outcome">How it stands: succeeded, waiting, failed, errored.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Syncs">How many times this promotion asked for a sync of it.</param>
/// <param name="Desired">The revision wanted of each source; empty text where any will do.</param>
internal sealed record ApplicationProgress(
    ApplicationReference Application, StepOutcome Outcome, string Message, int Syncs = 0, IReadOnlyList<string>? Desired = null)
{
    /// <summary>The one line that a step says about all its Applications, and how it stands: as badly as the worst of them.</summary>
    public static StepResult Combine(IReadOnlyList<ApplicationProgress> all, JsonObject memory)
    {
        var message = string.Join(" ", all.Select(p => $"{p.Application}: {p.Message}"));
        var output = new JsonObject
        {
            ["apps"] = new JsonArray([.. all.Select(p => new JsonObject { ["name"] = p.Application.Name, ["namespace"] = p.Application.Namespace })]),
        };
        var worst = new[] { StepOutcome.Failed, StepOutcome.Errored, StepOutcome.Waiting }.FirstOrDefault(o => all.Any(p => p.Outcome == o), StepOutcome.Succeeded);
        return new StepResult { Outcome = worst, Message = message, Output = output, Memory = memory };
    }
}
