using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Analysis;

/// <summary>Measures metrics of one kind of provider. What goes wrong outside is a reading; exceptions are bugs.</summary>
public interface IMetricSource
{
    bool Measures(MetricProvider provider);

    Task<Reading> ReadAsync(MetricRequest request, CancellationToken cancellationToken);

    /// <summary>Lets go of what the request's incomplete measurement has under way. What fails here costs nothing but tidiness.</summary>
    Task ReleaseAsync(MetricRequest request, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>What to measure.</summary>
/// <param name="Promotion">The promotion that is verified.</param>
/// <param name="Run">The run.</param>
/// <param name="Metric">The metric, its arguments put in, secrets included: nothing of it may be stored or logged.</param>
/// <param name="Now">The time.</param>
public sealed record MetricRequest(Promotion Promotion, AnalysisRun Run, MetricSpec Metric, DateTimeOffset Now)
{
    /// <summary>The measurement under way that this one goes on with; null for a new one.</summary>
    public Measurement? Incomplete => Run.ResultOf(Metric.Name)?.Last is { FinishedAt: null } last ? last : null;
}

/// <summary>What measuring came to.</summary>
public sealed record Reading
{
    private Reading()
    {
    }

    /// <summary>The verdict; null when the metric's conditions are to judge <see cref="Result"/>.</summary>
    public VerificationPhase? Phase { get; private init; }

    /// <summary>A value of expressions.</summary>
    public object? Result { get; private init; }

    public string Message { get; private init; } = "";

    /// <summary>What to look at again; null when the measurement is over.</summary>
    public string? Handle { get; private init; }

    public static Reading Of(object? result) => new() { Result = result };

    public static Reading Error(string message) => new() { Phase = VerificationPhase.Error, Message = message };

    public static Reading Verdict(VerificationPhase phase, string message) => new() { Phase = phase, Message = message };

    public static Reading UnderWay(string handle, string message) => new() { Phase = VerificationPhase.Running, Handle = handle, Message = message };
}
