using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps.ArgoCd;

/// <summary>
/// <c>argocd-wait</c>: waits until Applications are synced, healthy, or whatever else is asked for. It changes nothing, so
/// Applications need not authorize the stage.
/// </summary>
public sealed class ArgoCdWaitStep(IArgoCdClient client) : IPromotionStep
{
    private const WaitFor Default = WaitFor.Health | WaitFor.Sync | WaitFor.Operation;

    public string Uses => "argocd-wait";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(5);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var apps = context.Config.Objects("apps");
        if (apps.Count == 0)
        {
            throw new StepConfigException("config.apps is missing or empty.");
        }

        List<(ApplicationTarget Target, WaitFor WaitFor)> waits = [.. apps.Select(a => (ApplicationTarget.Read(a), ReadWaitFor(a)))];
        var health = context.State.Memory?.DeepClone() as JsonObject ?? [];
        var deadline = context.DeadlineAfter(DefaultTimeout);
        try
        {
            var seen = await Task.WhenAll(waits.Select(w => LookAsync(w.Target, w.WaitFor, health, cancellationToken)));
            return Combine([.. seen.SelectMany(s => s)], health) with { Deadline = deadline };
        }
        catch (ClusterException error)
        {
            return (error.IsTransient ? StepResult.Waiting(error.Message, health) : StepResult.Errored(error.Message)) with { Deadline = deadline };
        }
    }

    private async Task<IReadOnlyList<(ApplicationProgress Progress, string? Health)>> LookAsync(
        ApplicationTarget target, WaitFor waitFor, JsonObject health, CancellationToken cancellationToken)
    {
        var found = await target.FindAsync(client, cancellationToken);
        if (found.Count == 0)
        {
            return [(new(client.Locate(target.Namespace, target.Name ?? target.Selector), StepOutcome.Failed, target.Missing(client)), null)];
        }

        return await Task.WhenAll(found.Select(a => LookAsync(a, waitFor, health, cancellationToken)));
    }

    private async Task<(ApplicationProgress Progress, string? Health)> LookAsync(
        ApplicationSnapshot application, WaitFor waitFor, JsonObject health, CancellationToken cancellationToken)
    {
        var readiness = ApplicationReadiness.Judge(application, waitFor, (string?)health[KeyOf(application.Reference)]);
        if (readiness.State is ReadinessState.Stale && !application.IsRefreshAsked)
        {
            // Argo CD writes no status when nothing in it changed, unless it is asked for a hard refresh.
            await client.RefreshAsync(application.Reference, hard: true, cancellationToken);
        }

        var outcome = readiness.State switch
        {
            ReadinessState.Ready => StepOutcome.Succeeded,
            ReadinessState.Failed => StepOutcome.Failed,
            _ => StepOutcome.Waiting,
        };
        return (new(application.Reference, outcome, readiness.Message), application.Health);
    }

    private static StepResult Combine(IReadOnlyList<(ApplicationProgress Progress, string? Health)> seen, JsonObject health)
    {
        foreach (var (progress, status) in seen)
        {
            health[KeyOf(progress.Application)] = status;
        }

        var result = ApplicationProgress.Combine([.. seen.Select(s => s.Progress)], health);
        result.Output!["healthStatus"] = health.DeepClone();
        return result;
    }

    // Kargo's key for its output, so that expressions that read it go on working.
    private static string KeyOf(ApplicationReference application) => $"{application.Namespace}/{application.Name}";

    private static WaitFor ReadWaitFor(JsonObject app) => app["waitFor"] switch
    {
        null or JsonArray { Count: 0 } => Default,
        JsonArray list => list.Aggregate(WaitFor.None, (all, item) => all | ReadWaitFor(item)),
        _ => throw new StepConfigException("config.apps[].waitFor must be a list."),
    };

    private static WaitFor ReadWaitFor(JsonNode? item) => item is JsonValue value && value.GetValueKind() is JsonValueKind.String
        ? value.GetValue<string>() switch
        {
            "health" => WaitFor.Health,
            "sync" => WaitFor.Sync,
            "operation" => WaitFor.Operation,
            "suspended" => WaitFor.Suspended,
            "degraded" => WaitFor.Degraded,
            var other => throw new StepConfigException($"config.apps[].waitFor has \"{other}\"; it must be health, sync, operation, suspended or degraded."),
        }
        : throw new StepConfigException("config.apps[].waitFor must be a list of texts.");
}
