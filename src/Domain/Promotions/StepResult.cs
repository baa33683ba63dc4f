using System.Text.Json.Nodes;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;
using Waybill.Domain.WorkTrees;

namespace Waybill.Domain.Promotions;

/// <summary>What running a step came to. Expected failures are results; exceptions are bugs or broken dependencies.</summary>
public sealed record StepResult
{
    public required StepOutcome Outcome { get; init; }

    /// <summary>What happened or what is awaited, as a sentence with the place and, where there is one, the remedy.</summary>
    public string Message { get; init; } = "";

    /// <summary>What later steps see as <c>outputs.ALIAS</c>.</summary>
    public JsonObject? Output { get; init; }

    /// <summary>What the step wants to find again when it is run next.</summary>
    public JsonObject? Memory { get; init; }

    /// <summary>When to run a waiting step again; null leaves it to <see cref="PollSchedule"/>.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>When a waiting step gives up; null leaves it to the step's retry policy.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The approval a waiting step asks for.</summary>
    public ApprovalGate? Approval { get; init; }

    /// <summary>What to look at from now on to judge the stage's health.</summary>
    public IReadOnlyList<HealthCheck> HealthChecks { get; init; } = [];

    /// <summary>What became of the runs that the step asked for; the news of a Stack replaces what was kept of it.</summary>
    public IReadOnlyList<StackRun> Runs { get; init; } = [];

    /// <summary>The promotion's files as the step leaves them; null when it did not touch them.</summary>
    public WorkTree? WorkTree { get; init; }

    /// <summary>Values to attach to freight or stages.</summary>
    public IReadOnlyList<MetadataUpdate> Metadata { get; init; } = [];

    public static StepResult Succeeded(string message = "", JsonObject? output = null) =>
        new() { Outcome = StepOutcome.Succeeded, Message = message, Output = output };

    public static StepResult Failed(string message, JsonObject? output = null) =>
        new() { Outcome = StepOutcome.Failed, Message = message, Output = output };

    public static StepResult Errored(string message) => new() { Outcome = StepOutcome.Errored, Message = message };

    public static StepResult TransientError(string message) => new() { Outcome = StepOutcome.TransientError, Message = message };

    public static StepResult Skipped(string message) => new() { Outcome = StepOutcome.Skipped, Message = message };

    public static StepResult Waiting(string message, JsonObject? memory = null) =>
        new() { Outcome = StepOutcome.Waiting, Message = message, Memory = memory };
}

/// <summary>The ways running a step can come out.</summary>
public enum StepOutcome
{
    Succeeded,

    /// <summary>The thing did not work; trying again would not help.</summary>
    Failed,

    /// <summary>Could not be told or done, and trying again would not help.</summary>
    Errored,

    /// <summary>Could not be told or done this time; the retry policy says how often to try again.</summary>
    TransientError,

    /// <summary>Under way; to be run again later.</summary>
    Waiting,

    /// <summary>Its condition said no.</summary>
    Skipped,

    /// <summary>Stopped without having worked or failed: an approval that ran out with <c>onTimeout: abort</c>.</summary>
    Aborted,
}

/// <summary>Values that a step attaches to freight or to a stage; a value replaces an earlier one of the same key.</summary>
/// <param name="OnFreight">Whether the target is freight; a stage otherwise.</param>
/// <param name="Name">The freight's identity or alias, or the stage's name.</param>
/// <param name="Values">By key.</param>
public sealed record MetadataUpdate(bool OnFreight, string Name, IReadOnlyDictionary<string, JsonNode?> Values);
