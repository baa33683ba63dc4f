namespace Waybill.FunctionsContract.Replay;

/// <summary>Something that happened to an orchestration, as its history keeps it.</summary>
/// <param name="At">When.</param>
public abstract record HistoryEvent(DateTime At)
{
    /// <summary>The orchestrator asked for something: an activity or a timer.</summary>
    public sealed record Scheduled(DateTime At, int Id, string Kind, string Name, string? Input, DateTime FireAt) : HistoryEvent(At);

    public sealed record Completed(DateTime At, int Id, string? Result) : HistoryEvent(At);

    public sealed record Failed(DateTime At, int Id, string ErrorType, string ErrorMessage) : HistoryEvent(At);

    public sealed record TimerFired(DateTime At, int Id) : HistoryEvent(At);

    public sealed record EventRaised(DateTime At, string Name, string? Payload) : HistoryEvent(At);
}

/// <summary>The orchestrator did something else than when it ran before: it would get stuck or go astray in production.</summary>
public sealed class NonDeterminismException(string message) : Exception(message);
