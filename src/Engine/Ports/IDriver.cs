namespace Waybill.Engine.Ports;

/// <summary>Names a promotion.</summary>
public sealed record PromotionKey(string Project, string Name);

/// <summary>
/// What the engine asks of the head's driver, which owns time and delivery. A call may be repeated, and may even be lost: the
/// record in storage is the truth, and the sweep finds what nobody was told about.
/// </summary>
public interface IDriver
{
    /// <summary>Starts driving a promotion, or wakes it when it is being driven already: something about it changed.</summary>
    Task DrivePromotionAsync(PromotionKey promotion, CancellationToken cancellationToken);

    /// <summary>The same, saying what happened, for drivers that show it.</summary>
    Task WakePromotionAsync(PromotionKey promotion, WakeReason reason, CancellationToken cancellationToken) =>
        DrivePromotionAsync(promotion, cancellationToken);

    /// <summary>Has a project's stages looked at: freight may be available, a stage free. At once, or at the given moment.</summary>
    Task EvaluateProjectAsync(string project, DateTimeOffset? at, CancellationToken cancellationToken);
}

/// <summary>What happened to a promotion.</summary>
public enum WakeReason
{
    /// <summary>Something or other.</summary>
    Changed,
    ApprovalDecided,
    AbortRequested,

    /// <summary>A run that it may wait for has ended.</summary>
    RunEnded,
}
