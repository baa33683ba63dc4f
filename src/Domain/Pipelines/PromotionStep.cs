using System.Text.Json.Nodes;

namespace Waybill.Domain.Pipelines;

/// <summary>One step of a promotion as the manifest asks for it; frozen into the promotion when that is created.</summary>
public sealed record PromotionStep
{
    /// <summary>The kind of step, such as <c>pulumi-stack-update</c>.</summary>
    public required string Uses { get; init; }

    /// <summary>The name that <c>outputs.NAME</c> and <c>status("NAME")</c> use; <c>task::step</c> inside a task. Always set.</summary>
    public required string As { get; init; }

    /// <summary>The alias of the task this step was inlined from; null outside tasks. <c>task.outputs</c> means its steps.</summary>
    public string? Task { get; init; }

    /// <summary>The condition under which the step runs; when null it runs if no step before it failed.</summary>
    public string? If { get; init; }

    /// <summary>Whether the promotion may still succeed when this step does not.</summary>
    public bool ContinueOnError { get; init; }

    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>Variables of this step: the task's, then the step's own.</summary>
    public IReadOnlyList<Variable> Vars { get; init; } = [];

    /// <summary>The step's configuration with its expressions unevaluated.</summary>
    public JsonObject Config { get; init; } = [];
}

/// <summary>How long, and through how many errors, a step may go on.</summary>
/// <param name="Timeout">From the step's start; null leaves it to the kind of step. No step waits for ever.</param>
/// <param name="ErrorThreshold">The number of errors in a row that ends the step: at least 1.</param>
public sealed record RetryPolicy(TimeSpan? Timeout, int ErrorThreshold)
{
    public static RetryPolicy Default { get; } = new(null, 1);
}
