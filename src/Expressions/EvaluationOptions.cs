namespace Waybill.Expressions;

/// <summary>What an evaluation is given besides its scope.</summary>
public sealed record EvaluationOptions
{
    public static readonly EvaluationOptions Default = new();

    /// <summary>The budget; a template's expressions share one.</summary>
    public EvaluationLimits Limits { get; init; } = EvaluationLimits.Default;

    /// <summary>What <c>now()</c> answers, the same instant all through an evaluation; without it <c>now()</c> is an error.</summary>
    public DateTimeOffset? Now { get; init; }
}
