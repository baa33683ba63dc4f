using System.Text.Json.Nodes;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stacks;

namespace Waybill.Engine.Steps;

/// <summary>How far the run of one Stack has come: what the step remembers of it.</summary>
internal sealed record StackProgress
{
    private const string PulumiStackKey = "pulumiStack";

    public required StackReference Stack { get; init; }

    public StackProgressState State { get; init; } = StackProgressState.NotRequested;

    /// <summary>The generation that our patch returned.</summary>
    public long Generation { get; init; }

    /// <summary>The run that had ended last before our patch.</summary>
    public string? PreviousUpdate { get; init; }

    /// <summary><c>up</c> or <c>preview</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The run in Pulumi Cloud, once it succeeded there.</summary>
    public string? Permalink { get; init; }

    /// <summary>The Pulumi stack behind it: <c>organization/project/stack</c>. Webhooks name nothing else.</summary>
    public string? PulumiStack { get; init; }

    /// <summary>How the operator says that the run ended, while Pulumi Cloud is asked about it.</summary>
    public bool IsSuccess { get; init; }

    /// <summary>When Pulumi Cloud was asked first.</summary>
    public DateTimeOffset? AskedSince { get; init; }

    /// <summary>Until when Pulumi Cloud wants to be left alone.</summary>
    public DateTimeOffset? AskAgainAt { get; init; }

    /// <summary>What was just learnt of the run; kept on the promotion, not here.</summary>
    public StackRun? Run { get; init; }

    /// <summary>When a stall that may pass was first seen.</summary>
    public DateTimeOffset? StalledSince { get; init; }

    /// <summary>The Update that was last seen running, and since when.</summary>
    public string? RunningUpdate { get; init; }

    public DateTimeOffset? RunningSince { get; init; }

    public string Message { get; init; } = "";

    public bool IsRequested => State is not StackProgressState.NotRequested;

    public bool IsOver => State is StackProgressState.Succeeded or StackProgressState.Failed or StackProgressState.Errored;

    /// <summary>Whether a step's memory is of a run on a Pulumi stack.</summary>
    public static bool IsAbout(JsonObject? memory, string pulumiStack) =>
        memory?.Any(m => m.Value is JsonObject saved && saved[PulumiStackKey] is JsonValue value && value.TryGetValue<string>(out var name) && name == pulumiStack) is true;

    public static StackProgress Read(StackReference stack, JsonObject? memory)
    {
        if (memory?[stack.ToString()] is not JsonObject saved)
        {
            return new StackProgress { Stack = stack };
        }

        return new StackProgress
        {
            Stack = stack,
            State = Enum.Parse<StackProgressState>((string)saved["state"]!),
            Generation = (long?)saved["generation"] ?? 0,
            PreviousUpdate = (string?)saved["previousUpdate"],
            Type = (string?)saved["type"] ?? "",
            Permalink = (string?)saved["permalink"],
            PulumiStack = (string?)saved[PulumiStackKey],
            IsSuccess = (bool?)saved["isSuccess"] ?? false,
            AskedSince = (DateTimeOffset?)saved["askedSince"],
            AskAgainAt = (DateTimeOffset?)saved["askAgainAt"],
            StalledSince = (DateTimeOffset?)saved["stalledSince"],
            RunningUpdate = (string?)saved["runningUpdate"],
            RunningSince = (DateTimeOffset?)saved["runningSince"],
            Message = (string?)saved["message"] ?? "",
        };
    }

    public JsonObject ToJson() => new()
    {
        ["state"] = State.ToString(),
        ["generation"] = Generation,
        ["previousUpdate"] = PreviousUpdate,
        ["type"] = Type,
        ["permalink"] = Permalink,
        [PulumiStackKey] = PulumiStack,
        ["isSuccess"] = IsSuccess,
        ["askedSince"] = AskedSince,
        ["askAgainAt"] = AskAgainAt,
        ["stalledSince"] = StalledSince,
        ["runningUpdate"] = RunningUpdate,
        ["runningSince"] = RunningSince,
        ["message"] = Message,
    };
}

/// <summary>Where the run of one Stack stands.</summary>
internal enum StackProgressState
{
    NotRequested,
    Requested,

    /// <summary>The operator says that it is over; Pulumi Cloud has not said so yet.</summary>
    Confirming,
    Succeeded,
    Failed,
    Errored,
}
