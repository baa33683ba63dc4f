using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;
using Waybill.Engine.Telemetry;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Ingest;

/// <summary>Believes a delivery or not, finds the warehouses that a push concerns, and stores their freight.</summary>
public sealed class PushIngestor(WebhookSecrets secrets, IPipelineSource pipelines, PushRecorder recorder, PullRequestWaker pullRequests, IDriver driver) : IPushIngestor
{
    public async Task<IngestResult> IngestAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var span = WaybillTelemetry.Begin("webhook", null);
        var result = await JudgeAsync(delivery, cancellationToken);
        span?.SetTag("waybill.outcome", result.Outcome.ToString());
        if (result.Outcome is IngestOutcome.BadSignature or IngestOutcome.Malformed or IngestOutcome.NotConfigured)
        {
            WaybillTelemetry.WebhookRejected(result.Outcome.ToString());
        }

        return result;
    }

    private async Task<IngestResult> JudgeAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (secrets.Secrets.Count == 0)
        {
            return Nothing(IngestOutcome.NotConfigured, "No webhook secret is configured: set GitHub:WebhookSecret to the secret of the webhook.");
        }

        if (!GitHubSignature.IsValid(secrets.Secrets, delivery.Body.Span, delivery.Signature))
        {
            return Nothing(IngestOutcome.BadSignature, $"{GitHubSignature.HeaderName} does not match the body: check that the webhook's secret is GitHub:WebhookSecret.");
        }

        if (!Looks.LikeKeyPart(delivery.DeliveryId))
        {
            return Nothing(IngestOutcome.Malformed, "X-GitHub-Delivery is not a delivery id.");
        }

        return delivery.Event switch
        {
            "push" => await IngestPushAsync(delivery, cancellationToken),
            "pull_request" => await pullRequests.TakeAsync(delivery.Body, cancellationToken),
            "ping" => Nothing(IngestOutcome.Ignored, "The webhook works."),
            _ => Nothing(IngestOutcome.Ignored, "Only pushes and pull requests matter here; other events can be deselected in the webhook's settings."),
        };
    }

    private async Task<IngestResult> IngestPushAsync(WebhookDelivery delivery, CancellationToken cancellationToken) =>
        GitHubPushParser.Parse(delivery.Body.Span) switch
        {
            PushParsing.Rejected rejected => Nothing(IngestOutcome.Malformed, $"{rejected.Where}: {rejected.Problem}"),
            PushParsing.Parsed { Push.Deleted: true } => Nothing(IngestOutcome.Ignored, "A deleted branch or tag brings nothing."),
            PushParsing.Parsed parsed => await IngestPushAsync(delivery.DeliveryId, parsed.Push, cancellationToken),
            _ => throw new InvalidOperationException("A push is parsed or rejected."),
        };

    private async Task<IngestResult> IngestPushAsync(string deliveryId, GitHubPush push, CancellationToken cancellationToken)
    {
        List<RecordedPush> recorded = [];
        foreach (var pipeline in pipelines.Pipelines.Values)
        {
            var concerned = pipeline.Warehouses
                .Where(w => w.Subscriptions.Any(s => Domain.Freights.GitUrl.SameRepository(s.RepoUrl, push.Repository.CloneUrl)))
                .ToList();
            if (concerned.Count > 0)
            {
                recorded.Add(await RecordAsync(pipeline, concerned, deliveryId, push, cancellationToken));
            }
        }

        return Combine(recorded, push);
    }

    private async Task<RecordedPush> RecordAsync(
        Pipeline pipeline, IReadOnlyList<Warehouse> warehouses, string deliveryId, GitHubPush push, CancellationToken cancellationToken)
    {
        var recorded = await recorder.RecordAsync(pipeline.Project, warehouses, deliveryId, push, cancellationToken);
        if (recorded.Freight.Count > 0)
        {
            await driver.EvaluateProjectAsync(pipeline.Project, null, cancellationToken);
        }

        return recorded;
    }

    private static IngestResult Combine(List<RecordedPush> recorded, GitHubPush push)
    {
        if (recorded.Count == 0)
        {
            return Nothing(IngestOutcome.Ignored, $"No warehouse subscribes to {push.Repository.FullName}.");
        }

        if (recorded.All(r => r.IsDuplicate))
        {
            return Nothing(IngestOutcome.Duplicate, "This delivery was taken before.");
        }

        var freight = recorded.SelectMany(r => r.Freight).ToList();
        return freight.Count > 0
            ? new IngestResult(IngestOutcome.Accepted, $"{freight.Count} freight.", freight)
            : Nothing(IngestOutcome.Ignored, string.Join(" ", recorded.SelectMany(r => r.Reasons).Distinct()));
    }

    private static IngestResult Nothing(IngestOutcome outcome, string message) => new(outcome, message, []);
}
