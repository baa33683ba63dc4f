namespace Waybill.Engine.PulumiCloud;

/// <summary>How long Pulumi Cloud is waited for.</summary>
/// <param name="Patience">How long a promotion waits for Pulumi Cloud to say how a run ended, once the operator said it.</param>
public sealed record WitnessOptions(TimeSpan Patience);
