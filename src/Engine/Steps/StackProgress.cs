using System.Text.Json.Nodes;
using Waybill.Domain.Stacks;

namespace Waybill.Engine.Steps;

/// <summary>How far the run of one Stack has come: what the step remembers of it.</summary>
internal sealed record StackProgress
{
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

    /// <summary>When a stall that may pass was first seen.</summary>
    public DateTimeOffset? StalledSince { get; init; }

    /// <summary>The Update that was last seen running, and since when.</summary>
    public string? RunningUpdate { get; init; }

    public DateTimeOffset? RunningSince { get; init; }

    public string Message { get; init; } = "";

    public bool IsRequested => State is not StackProgressState.NotRequested;

    public bool IsOver => State is StackProgressState.Succeeded or StackProgressState.Failed or StackProgressState.Errored;

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
    Succeeded,
    Failed,
    Errored,
}
