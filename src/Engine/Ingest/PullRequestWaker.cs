using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;
using Waybill.Engine.Steps.Git;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Ingest;

/// <summary>Wakes the promotions that wait for a pull request, when a webhook says that it is over.</summary>
public sealed class PullRequestWaker(IPipelineSource pipelines, ProjectStore store, IDriver driver, TimeProvider time)
{
    /// <summary>Takes the body of a <c>pull_request</c> event.</summary>
    public async Task<IngestResult> TakeAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (PullRequestPayload.Read(body.Span) is not { } payload || payload.Repository?.CloneUrl is not { } url || !RepositoryName.TryParse(url, out var repository))
        {
            return new IngestResult(IngestOutcome.Malformed, "The body is not the JSON of a pull_request event.", []);
        }

        if (payload.Action is not "closed")
        {
            return new IngestResult(IngestOutcome.Ignored, "Only a pull request's end matters here.", []);
        }

        var awaited = PullRequests.Memory(repository, payload.Number);
        var woken = 0;
        foreach (var project in pipelines.Pipelines.Keys)
        {
            var stages = await store.ListStagesAsync(project, cancellationToken);
            foreach (var promotion in stages.Values.Select(s => s.Value.CurrentPromotion).OfType<QueuedPromotion>())
            {
                woken += await WakeAsync(new PromotionKey(project, promotion.Name), awaited, cancellationToken) ? 1 : 0;
            }
        }

        return woken > 0
            ? new IngestResult(IngestOutcome.Accepted, $"{woken} {(woken == 1 ? "promotion goes" : "promotions go")} on.", [])
            : new IngestResult(IngestOutcome.Ignored, "No promotion waits for it.", []);
    }

    private async Task<bool> WakeAsync(PromotionKey key, JsonObject awaited, CancellationToken cancellationToken)
    {
        var isWaiting = await Optimistic.RunAsync(
            async token =>
            {
                if (await store.GetPromotionAsync(key.Project, key.Name, token) is not { } promotion || !IsWaiting(promotion.Value, awaited))
                {
                    return false;
                }

                var hurried = promotion.Value.Hurry(time.GetUtcNow());
                await store.Begin(key.Project).Write(promotion.Then(hurried)).CommitAsync(token);
                return true;
            },
            cancellationToken);
        if (isWaiting)
        {
            await driver.DrivePromotionAsync(key, cancellationToken);
        }

        return isWaiting;
    }

    private static bool IsWaiting(Promotion promotion, JsonObject awaited) =>
        promotion.Phase is PromotionPhase.Running && promotion.CurrentStep < promotion.StepStates.Count
        && promotion.StepStates[promotion.CurrentStep] is { Wait: not null, Memory: { } memory } && JsonNode.DeepEquals(memory, awaited);
}
