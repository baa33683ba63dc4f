using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.PulumiCloud;

namespace Waybill.Engine.Steps;

/// <summary>
/// <c>pulumi-stack-update</c>: asks one or more PKO Stacks for a run of the commit, and waits until the operator says how each
/// went and Pulumi Cloud, where there is one, bears it out. The promotion's name is the request annotation, so a run is recognised as
/// ours even after a crash.
/// </summary>
public sealed class PulumiStackUpdateStep(IStackClient client, StackWitness witness) : IPromotionStep
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
        var confirm = new StackRunConfirmer(witness, context.Promotion, config.Commit, context.Now, context.Now >= deadline);

        var after = await Task.WhenAll(progress.Select(p => p switch
        {
            { IsOver: true } => Task.FromResult(p),
            { IsRequested: false } => request.RequestAsync(p, cancellationToken),
            _ => FollowAsync(p, watch, confirm, cancellationToken),
        }));

        List<StackRun> runs = [.. after.Select(p => p.Run).OfType<StackRun>()];
        return Combine(after, config, [.. runs, .. context.Promotion.Runs]) with { Deadline = deadline, Runs = runs };
    }

    private static async Task<StackProgress> FollowAsync(
        StackProgress progress, StackRunWatcher watch, StackRunConfirmer confirm, CancellationToken cancellationToken)
    {
        var seen = progress.State is StackProgressState.Confirming ? progress : await watch.LookAsync(progress, cancellationToken);
        return seen.State is StackProgressState.Confirming ? await confirm.AskAsync(seen, cancellationToken) : seen;
    }

    private static StepResult Combine(IReadOnlyList<StackProgress> stacks, StackUpdateConfig config, IReadOnlyList<StackRun> runs)
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
            ? StepResult.Succeeded(message, Output(stacks, config, runs)) with
            {
                Memory = memory,
                HealthChecks = [.. stacks.Select(s => new StackHealthCheck(s.Stack, config.Commit, s.Type))],
            }
            : StepResult.Waiting(message, memory);
    }

    private static JsonObject Output(IReadOnlyList<StackProgress> stacks, StackUpdateConfig config, IReadOnlyList<StackRun> runs) => new()
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
                ["resourceChanges"] = Describe(runs.FirstOrDefault(r => r.Stack == s.Stack)?.Changes),
            }),
        ]),
    };

    private static JsonObject? Describe(ResourceChanges? changes) => changes is null ? null : new()
    {
        ["create"] = changes.Create,
        ["update"] = changes.Update,
        ["delete"] = changes.Delete,
        ["replace"] = changes.Replace,
        ["same"] = changes.Same,
        ["other"] = changes.Other,
    };
}
