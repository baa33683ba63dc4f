namespace Waybill.Local.Driving;

/// <summary>Something that is done whenever it is due or woken.</summary>
internal interface IWork
{
    /// <summary>Does what is due. Says when to come back though nothing wakes it, or that it is over.</summary>
    Task<NextRun> RunAsync(CancellationToken cancellationToken);
}

/// <summary>When work is to run again.</summary>
/// <param name="At">The moment; null to wait until woken.</param>
/// <param name="IsOver">Whether there is nothing left to do.</param>
internal readonly record struct NextRun(DateTimeOffset? At, bool IsOver)
{
    public static NextRun Over { get; } = new(null, true);
}
