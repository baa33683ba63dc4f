namespace Waybill.Engine.Analysis;

/// <summary>Settings of verification, section <c>Verification</c>.</summary>
public sealed record VerificationOptions
{
    public const string Section = "Verification";

    /// <summary>
    /// Whether a metric's <c>initialDelay</c> is waited for though the stage's Stacks have already reported how their runs ended.
    /// Without it such a metric is measured at once, and again until the delay is over or it is successful.
    /// </summary>
    public bool HonorInitialDelay { get; init; }

    /// <summary>Whether metrics may ask for <c>insecure: true</c>, and get an answer whoever's certificate it comes with.</summary>
    public bool AllowInsecure { get; init; }
}
