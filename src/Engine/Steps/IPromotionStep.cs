using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Steps;

/// <summary>
/// One kind of promotion step. It may be run again after a crash or while it waits, so running it must be idempotent, or it must
/// find out what it did already. Expected failures are results; a broken dependency may throw.
/// </summary>
public interface IPromotionStep
{
    /// <summary>The name that manifests say in <c>uses</c>.</summary>
    string Uses { get; }

    /// <summary>How long it may take when neither the step nor its configuration says: no step waits for ever.</summary>
    TimeSpan DefaultTimeout { get; }

    Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken);
}

/// <summary>What a step is given.</summary>
public sealed record StepContext
{
    /// <summary>The promotion as it is now.</summary>
    public required Promotion Promotion { get; init; }

    /// <summary>Which of the promotion's steps this is.</summary>
    public required int Index { get; init; }

    /// <summary>The step's configuration, expressions evaluated.</summary>
    public required JsonObject Config { get; init; }

    public required DateTimeOffset Now { get; init; }

    public PromotionStep Step => Promotion.Steps[Index];

    public StepState State => Promotion.StepStates[Index];

    public DateTimeOffset StartedAt => State.StartedAt ?? Now;

    /// <summary>When the step gives up, as far as its configuration or its kind says; the retry policy may set an earlier moment.</summary>
    public DateTimeOffset DeadlineAfter(TimeSpan timeout) => State.Wait?.Deadline ?? StartedAt + (Step.Retry.Timeout ?? timeout);
}
