namespace Waybill.Domain.ArgoCd;

/// <summary>What <c>argocd-wait</c> waits for. Of Health, Suspended and Degraded one suffices; of the rest all are needed.</summary>
[Flags]
public enum WaitFor
{
    None = 0,
    Health = 1,
    Sync = 2,
    Operation = 4,
    Suspended = 8,
    Degraded = 16,
}

/// <summary>Whether an Application is where it is waited for.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Message">What was seen, for people.</param>
public sealed record ApplicationReadiness(ReadinessState State, string Message)
{
    private const WaitFor AnyHealth = WaitFor.Health | WaitFor.Suspended | WaitFor.Degraded;

    /// <param name="application">The Application.</param>
    /// <param name="waitFor">What is waited for.</param>
    /// <param name="previousHealth">Its health at the look before; null at the first.</param>
    public static ApplicationReadiness Judge(ApplicationSnapshot application, WaitFor waitFor, string? previousHealth)
    {
        if (application.IsBeingDeleted)
        {
            return new(ReadinessState.Failed, "It is being deleted.");
        }

        if (application.Errors.Select(e => $"{e.Type}: {e.Message}").ToList() is { Count: > 0 } errors)
        {
            return new(ReadinessState.Failed, string.Join(" ", errors));
        }

        if (waitFor.HasFlag(WaitFor.Operation) && (application.Requested is not null || application.LastOperation is { FinishedAt: null }))
        {
            return new(ReadinessState.NotReady, $"An operation is under way: {application.LastOperation?.Message}".TrimEnd(' ', ':'));
        }

        if ((waitFor & AnyHealth) is not WaitFor.None && JudgeHealth(application, waitFor, previousHealth) is { } unhealthy)
        {
            return unhealthy;
        }

        return waitFor.HasFlag(WaitFor.Sync) && application.SyncStatus is not "Synced"
            ? new(ReadinessState.NotReady, $"It is {application.SyncStatus ?? "not compared yet"}.")
            : new(ReadinessState.Ready, $"It is {application.Health ?? "of unknown health"} and {application.SyncStatus ?? "not compared"}.");
    }

    /// <summary>Null when its health is one that is waited for.</summary>
    private static ApplicationReadiness? JudgeHealth(ApplicationSnapshot application, WaitFor waitFor, string? previousHealth)
    {
        if (application.IsStale)
        {
            return new(ReadinessState.Stale, "Argo CD has not looked at it since its last operation ended.");
        }

        var hasTurnedBad = application.Health is "Degraded" && previousHealth is not (null or "" or "Degraded" or "Unknown");
        if (waitFor.HasFlag(WaitFor.Health) && !waitFor.HasFlag(WaitFor.Degraded) && hasTurnedBad)
        {
            return new(ReadinessState.Failed, $"Its health went from {previousHealth} to Degraded.");
        }

        var isThere = application.Health switch
        {
            "Healthy" => waitFor.HasFlag(WaitFor.Health),
            "Suspended" => waitFor.HasFlag(WaitFor.Suspended),
            "Degraded" => waitFor.HasFlag(WaitFor.Degraded),
            _ => false,
        };
        return isThere ? null : new(ReadinessState.NotReady, $"It is {application.Health ?? "of unknown health"}.");
    }
}

/// <summary>The verdicts of <see cref="ApplicationReadiness"/>.</summary>
public enum ReadinessState
{
    NotReady,

    /// <summary>Not to be told from a status this old: Argo CD should be asked to look again.</summary>
    Stale,
    Ready,

    /// <summary>Waiting longer would not help.</summary>
    Failed,
}
