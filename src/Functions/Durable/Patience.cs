using Microsoft.DurableTask;
using Waybill.Engine.Ports;

namespace Waybill.Functions.Durable;

/// <summary>How orchestrations bear failing activities: retries first, then pauses that the portal shows, and an end at last.</summary>
internal static class Patience
{
    /// <summary>So many failed rounds in a row, about half an hour of them, are no passing trouble.</summary>
    public const int Rounds = 8;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Five tries within about half a minute.</summary>
    public static TaskOptions Retries { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(5, TimeSpan.FromSeconds(2), 2, TimeSpan.FromSeconds(30)));

    /// <summary>30 s, 1, 2, 4, then 5 minutes.</summary>
    public static TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 30 * Math.Pow(2, Math.Clamp(failures - 1, 0, 10))));

    /// <summary>Whether waiting longer makes no sense. A storage outage ends by itself, however long it takes.</summary>
    public static bool IsOver(TaskFailedException failure, int failures) =>
        failures >= Rounds && !failure.FailureDetails.IsCausedBy<StorageUnavailableException>();

    public static string Describe(TaskFailedException failure) =>
        $"{failure.TaskName} failed: {ShortName(failure.FailureDetails.ErrorType)}: {failure.FailureDetails.ErrorMessage}";

    private static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..];
}
