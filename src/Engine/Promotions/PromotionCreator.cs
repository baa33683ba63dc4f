using Waybill.Domain;
using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Auditing;
using Waybill.Engine.AutoPromotion;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;
using Waybill.Engine.Reporting;
using Waybill.Engine.Telemetry;

namespace Waybill.Engine.Promotions;

/// <summary>Creates promotions: a person's after looking whether the stage may take the freight, auto-promotion's as decided.</summary>
public sealed class PromotionCreator(
    ProjectStore store, CandidateFinder candidates, AuditLog audit, PromotionReporter reporter, IDriver driver, TimeProvider time)
{
    /// <summary>More than this waiting at one stage is a mistake somewhere, and would not fit the stage's record for long.</summary>
    private const int MaxQueue = 50;

    // Names sort as the queue does.
    private readonly UlidSequence _names = new();

    /// <summary>Promotes freight to a stage because a person asked for it.</summary>
    public async Task<PromotionRequestResult> PromoteAsync(
        Pipeline pipeline, string stageName, string freightIdOrAlias, string actor, CancellationToken cancellationToken, string? retryOf = null)
    {
        if (pipeline.FindStage(stageName) is not { } stage)
        {
            return PromotionRequestResult.Refused(RefusalKind.NotFound, $"Project {pipeline.Project} has no stage {stageName}.");
        }

        if (stage.IsControlFlow)
        {
            return PromotionRequestResult.Refused(
                RefusalKind.NotPossible, $"Stage {stageName} has no steps: freight that is available to it passes by itself.");
        }

        var result = await Optimistic.RunAsync(
            token => TryPromoteAsync(pipeline.Project, stage, freightIdOrAlias, actor, retryOf, token), cancellationToken);
        return await DriveAsync(pipeline.Project, result, cancellationToken);
    }

    /// <summary>Promotes what auto-promotion decided on. Throws <see cref="RowConflictException"/> when the stage changed since.</summary>
    public async Task<PromotionRequestResult> PromoteAutomaticallyAsync(
        string project, Stage stage, Stored<StageState> state, Freight freight, CancellationToken cancellationToken)
    {
        if (state.Value.Queue.Count >= MaxQueue)
        {
            return Full(stage);
        }

        var result = await CreateAsync(project, stage, state, freight, Promotion.AutomaticActor, null, state.Value.Holds, [], cancellationToken);
        return await DriveAsync(project, result, cancellationToken);
    }

    private async Task<PromotionRequestResult> DriveAsync(string project, PromotionRequestResult result, CancellationToken cancellationToken)
    {
        if (result.Promotion is { Phase: PromotionPhase.Running } promotion)
        {
            await driver.DrivePromotionAsync(new PromotionKey(project, promotion.Name), cancellationToken);
        }

        return result;
    }

    private async Task<PromotionRequestResult> TryPromoteAsync(
        string project, Stage stage, string freightIdOrAlias, string actor, string? retryOf, CancellationToken cancellationToken)
    {
        var state = await store.GetStageAsync(project, stage.Name, cancellationToken);
        if (await store.FindFreightAsync(project, freightIdOrAlias, cancellationToken) is not { Value: var freight })
        {
            return PromotionRequestResult.Refused(RefusalKind.NotFound, $"Project {project} has no freight {freightIdOrAlias}.");
        }

        var now = time.GetUtcNow();
        var availability = Availability.Of(freight, stage, now);
        if (!availability.IsAvailable)
        {
            return PromotionRequestResult.Refused(
                RefusalKind.NotAvailable, $"{freight.Alias} is not available to {stage.Name}: {availability.Reason} Approve it for {stage.Name} to promote it all the same.");
        }

        if (state.Value.IsPromoting(freight.Id))
        {
            return PromotionRequestResult.Refused(RefusalKind.AlreadyPromoting, $"{freight.Alias} is on its way to {stage.Name} already.");
        }

        if (state.Value.Queue.Count >= MaxQueue)
        {
            return Full(stage);
        }

        var request = stage.RequestFor(freight.Warehouse)!;
        var isCandidate = !stage.AutoPromotionEnabled || AutoPromotionCandidate(
            stage, request, await candidates.FindAsync(project, request, stage, state.Value, cancellationToken), now)?.Id == freight.Id;
        return await CreateForPersonAsync(project, stage, state, freight, actor, retryOf, isCandidate, cancellationToken);
    }

    private static PromotionRequestResult Full(Stage stage) => PromotionRequestResult.Refused(
        RefusalKind.NotPossible, $"{MaxQueue} promotions wait at {stage.Name} already; abort some first.");

    private static Freight? AutoPromotionCandidate(Stage stage, FreightRequest request, IReadOnlyList<Freight> newestFirst, DateTimeOffset now) =>
        Domain.Stages.AutoPromotion.CandidateFor(stage, request, newestFirst, now);

    /// <summary>Promoting anything but the newest available freight suspends auto-promotion of its origin; promoting that resumes it.</summary>
    private async Task<PromotionRequestResult> CreateForPersonAsync(
        string project, Stage stage, Stored<StageState> state, Freight freight, string actor, string? retryOf, bool isCandidate, CancellationToken cancellationToken)
    {
        var origin = freight.Warehouse;
        var isHeld = state.Value.Holds.ContainsKey(origin);
        Func<Promotion, AuditEntry>[] entries = (isCandidate, isHeld) switch
        {
            (false, _) => [p => audit.Entry(AuditAction.HoldSet, actor, p, $"Auto-promotion of {origin} to {stage.Name} is held at {freight.Alias}.")],
            (true, true) => [p => audit.Entry(AuditAction.HoldCleared, actor, p, $"Auto-promotion of {origin} to {stage.Name} goes on.")],
            _ => [],
        };

        return await CreateAsync(
            project, stage, state, freight, actor, retryOf, isCandidate ? state.Value.Holds.Without(origin) : null, entries, cancellationToken);
    }

    private async Task<PromotionRequestResult> CreateAsync(
        string project,
        Stage stage,
        Stored<StageState> state,
        Freight freight,
        string actor,
        string? retryOf,
        IReadOnlyDictionary<string, Hold>? holds,
        IEnumerable<Func<Promotion, AuditEntry>> furtherEntries,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var span = WaybillTelemetry.Begin("promotion.Create", freight.TraceParent);
        var promotion = PromotionBuilder.Build(project, _names.Next(now), stage, state.Value, freight, actor, now) with
        {
            RetryOf = retryOf,
            TraceParent = span?.Id ?? freight.TraceParent,
        };
        span.About(promotion);
        var startsNow = !state.Value.IsBusy && state.Value.Queue.Count == 0;
        promotion = startsNow ? promotion.Begin(now) : promotion;

        var queued = new QueuedPromotion(promotion.Name, promotion.Freight, actor, now);
        var after = state.Value with
        {
            CurrentPromotion = startsNow ? queued : state.Value.CurrentPromotion,
            Queue = startsNow ? state.Value.Queue : [.. state.Value.Queue, queued],
            Holds = holds ?? state.Value.Holds.With(freight.Warehouse, new Hold(freight.Id, promotion.Name, actor, now)),
        };

        var transaction = store.Begin(project)
            .Write(new Stored<Promotion>(promotion, null))
            .Write(state.Then(after))
            .Audit(audit.Entry(AuditAction.PromotionCreated, actor, promotion, $"{freight.Alias} is to be promoted to {stage.Name}."));
        foreach (var entry in furtherEntries)
        {
            transaction.Audit(entry(promotion));
        }

        if (startsNow)
        {
            transaction.Audit(audit.Entry(AuditAction.PromotionStarted, actor, promotion, $"The promotion of {freight.Alias} to {stage.Name} started."));
        }

        await transaction.CommitAsync(cancellationToken);
        reporter.Report(project, promotion.Name);
        return PromotionRequestResult.Created(promotion);
    }
}
