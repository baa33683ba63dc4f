using System.Text.Json;
using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;
using Waybill.Engine.Steps;
using Waybill.Engine.Telemetry;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.PulumiCloud;

/// <summary>The secrets that Pulumi Cloud's webhooks may be signed with: the present one, and the one before while it is rotated out.</summary>
public sealed record PulumiWebhookSecrets(IReadOnlyList<string> Secrets);

/// <summary>
/// Takes Pulumi Cloud's webhooks as hints: promotions that wait for the stack look at once. Nothing in a payload is believed beyond
/// the stack's name, so one that comes twice, late or in another order does no harm.
/// </summary>
public sealed class PulumiWebhookReceiver(PulumiWebhookSecrets secrets, IPipelineSource pipelines, ProjectStore store, IDriver driver, TimeProvider time)
{
    private static readonly string[] Kinds = ["stack_update", "stack_preview"];

    /// <param name="kind">What Pulumi Cloud says that it is about: the header <c>Pulumi-Webhook-Kind</c>.</param>
    /// <param name="signature">The header <see cref="PulumiSignature.HeaderName"/>; null when there was none.</param>
    /// <param name="body">The raw bytes that the signature is over.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IngestResult> ReceiveAsync(string kind, string? signature, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var span = WaybillTelemetry.Begin("webhook.pulumi", null);
        var result = await JudgeAsync(kind, signature, body, cancellationToken);
        span?.SetTag("waybill.outcome", result.Outcome.ToString());
        if (result.Outcome is IngestOutcome.BadSignature or IngestOutcome.Malformed or IngestOutcome.NotConfigured)
        {
            WaybillTelemetry.WebhookRejected(result.Outcome.ToString());
        }

        return result;
    }

    private async Task<IngestResult> JudgeAsync(string kind, string? signature, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (secrets.Secrets.Count == 0)
        {
            return Result(IngestOutcome.NotConfigured, "No secret for Pulumi Cloud's webhooks is configured: set PulumiCloud:WebhookSecret to the secret of the webhook.");
        }

        if (!PulumiSignature.IsValid(secrets.Secrets, body.Span, signature))
        {
            return Result(IngestOutcome.BadSignature, $"{PulumiSignature.HeaderName} does not match the body: check that the webhook's secret is PulumiCloud:WebhookSecret.");
        }

        if (!Kinds.Contains(kind))
        {
            return Result(IngestOutcome.Ignored, "Only stacks' updates and previews matter here; other events can be deselected in the webhook's settings.");
        }

        try
        {
            return PulumiHookPayload.ReadStack(body.Span) is { } stack
                ? await WakeAsync(stack, cancellationToken)
                : Result(IngestOutcome.Malformed, "organization, projectName and stackName do not name a stack.");
        }
        catch (JsonException error)
        {
            return Result(IngestOutcome.Malformed, $"The body is not a webhook's JSON: {error.Message}");
        }
    }

    private async Task<IngestResult> WakeAsync(PulumiStackName stack, CancellationToken cancellationToken)
    {
        var woken = 0;
        foreach (var project in pipelines.Pipelines.Keys)
        {
            foreach (var state in (await store.ListStagesAsync(project, cancellationToken)).Values)
            {
                if (state.Value.CurrentPromotion is { } current && await WakeAsync(new PromotionKey(project, current.Name), stack, cancellationToken))
                {
                    woken++;
                }
            }
        }

        return woken > 0
            ? Result(IngestOutcome.Accepted, $"{woken} promotions look at {stack}.")
            : Result(IngestOutcome.Ignored, $"No promotion waits for {stack}.");
    }

    private async Task<bool> WakeAsync(PromotionKey key, PulumiStackName stack, CancellationToken cancellationToken)
    {
        if (await store.GetPromotionAsync(key.Project, key.Name, cancellationToken) is not { } promotion || !WaitsFor(promotion.Value, stack))
        {
            return false;
        }

        try
        {
            await store.Begin(key.Project).Write(promotion.Then(promotion.Value.Hint(time.GetUtcNow()))).CommitAsync(cancellationToken);
        }
        catch (RowConflictException)
        {
            // Whoever wrote meanwhile is looking already.
        }

        await driver.WakePromotionAsync(key, WakeReason.RunEnded, cancellationToken);
        return true;
    }

    // What went through Git is awaited after the steps, and only the Stack knows which Pulumi stack is its own: a look too many.
    private static bool WaitsFor(Promotion promotion, PulumiStackName stack) => promotion switch
    {
        { IsSettled: true } or { Phase: PromotionPhase.Pending } => false,
        { IsTerminal: true } => promotion.HealthChecks.OfType<StackHealthCheck>().Any(c => c.ArrivesThroughGit)
            || promotion.StepStates.Any(s => StackProgress.IsAbout(s.Memory, stack.ToString())),
        _ => promotion.CurrentStep < promotion.StepStates.Count
            && StackProgress.IsAbout(promotion.StepStates[promotion.CurrentStep].Memory, stack.ToString()),
    };

    private static IngestResult Result(IngestOutcome outcome, string message) => new(outcome, message, []);
}
