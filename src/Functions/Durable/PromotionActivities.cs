using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Waybill.Domain.Promotions;
using Waybill.Engine.Promotions;
using Waybill.Functions.Driving;

namespace Waybill.Functions.Durable;

/// <summary>One activity per kind of directive. Each does what the stored record says is next, or nothing, and returns what is next then.</summary>
public sealed class PromotionActivities(PromotionRunner runner, DurableClients clients)
{
    [Function(nameof(NextDirective))]
    public Task<Directive> NextDirective([ActivityTrigger] PromotionTask task, CancellationToken cancellationToken) =>
        runner.NextAsync(task.Key, cancellationToken);

    /// <summary>Patches and observes PKO Stacks, opens approvals, calls addresses: whatever the step is.</summary>
    [Function(nameof(ExecuteStep))]
    public Task<Directive> ExecuteStep(
        [ActivityTrigger] PromotionTask task, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return runner.ExecuteStepAsync(task.Key, task.Step, cancellationToken);
    }

    [Function(nameof(FinishPromotion))]
    public Task<Directive> FinishPromotion(
        [ActivityTrigger] PromotionTask task, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return runner.FinishPromotionAsync(task.Key, cancellationToken);
    }

    [Function(nameof(MeasureVerification))]
    public Task<Directive> MeasureVerification(
        [ActivityTrigger] PromotionTask task, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return runner.MeasureVerificationAsync(task.Key, cancellationToken);
    }

    /// <summary>Something fails for good: the promotion ends Errored with its reason, and its stage is free.</summary>
    [Function(nameof(GiveUpOnPromotion))]
    public Task<Directive> GiveUpOnPromotion(
        [ActivityTrigger] PromotionTask task, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return runner.GiveUpAsync(task.Key, task.Reason, cancellationToken);
    }
}
