using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps;

/// <summary>
/// <c>pulumi-stack-update</c>: asks one or more PKO Stacks for a run of the commit, and waits until the operator says how each
/// went. The promotion's name is the request annotation, so a run is recognised as ours even after a crash.
/// </summary>
public sealed class PulumiStackUpdateStep(IStackClient client) : IPromotionStep
{
    public string Uses => "pulumi-stack-update";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(30);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var config = StackUpdateConfig.Read(context.Config);
        var deadline = context.DeadlineAfter(config.Timeout ?? DefaultTimeout);
        var progress = config.Stacks.Select(s => StackProgress.Read(s, context.State.Memory)).ToList();
        var request = new StackRunRequester(client, context.Promotion, config);
        var watch = new StackRunWatcher(client, context.Promotion.Name, config, context.Now, context.Now >= deadline);

        var after = await Task.WhenAll(progress.Select(p => p switch
        {
            { IsOver: true } => Task.FromResult(p),
            { IsRequested: false } => request.RequestAsync(p, cancellationToken),
            _ => watch.LookAsync(p, cancellationToken),
        }));

        return Combine(after, config) with { Deadline = deadline };
    }

    private static StepResult Combine(IReadOnlyList<StackProgress> stacks, StackUpdateConfig config)
    {
        var memory = new JsonObject([.. stacks.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Stack.ToString(), s.ToJson()))]);
        var message = string.Join(" ", stacks.Select(s => $"{s.Stack}: {s.Message}"));
        if (stacks.Any(s => s.State is StackProgressState.Failed))
        {
            return StepResult.Failed(message) with { Memory = memory };
        }

        if (stacks.Any(s => s.State is StackProgressState.Errored))
        {
            return StepResult.Errored(message) with { Memory = memory };
        }

        return stacks.All(s => s.State is StackProgressState.Succeeded)
            ? StepResult.Succeeded(message, Output(stacks, config)) with
            {
                Memory = memory,
                HealthChecks = [.. stacks.Select(s => new StackHealthCheck(s.Stack, config.Commit, s.Type))],
            }
            : StepResult.Waiting(message, memory);
    }

    private static JsonObject Output(IReadOnlyList<StackProgress> stacks, StackUpdateConfig config) => new()
    {
        ["commit"] = config.Commit,
        ["stacks"] = new JsonArray(
        [
            .. stacks.Select(s => new JsonObject
            {
                ["name"] = s.Stack.Name,
                ["namespace"] = s.Stack.Namespace,
                ["cluster"] = s.Stack.Cluster,
                ["type"] = s.Type,
                ["permalink"] = s.Permalink,
            }),
        ]),
    };
}
