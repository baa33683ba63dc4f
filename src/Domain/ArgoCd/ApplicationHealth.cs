using Waybill.Domain.Stages;

namespace Waybill.Domain.ArgoCd;

/// <summary>
/// Judges from one look at an Application whether a stage is well, in Kargo's order: a stale status counts for nothing, then
/// errors, then sync, then health.
/// <para>
/// Kargo also wants the very revision that was promoted. That is a trap where several stages share an Application: the next
/// stage's commit to the same branch moves <c>sync.revision</c>, and every stage before it turns unhealthy though it runs
/// exactly what was promoted to it. So another revision counts against the stage only when nothing vouches for it:
/// a live Stack that the Application manages and that asks for the promoted commit does (the Stack is what the revision was
/// about); without such Stacks, the Application's own history does, when it was at our revision and moved on to one that it
/// had not been at before, while following a branch. A rollback, or a revision that never arrived, remains a fault.
/// </para>
/// </summary>
public static class ApplicationHealth
{
    /// <param name="check">What was promoted.</param>
    /// <param name="application">The Application; null when there is none.</param>
    /// <param name="witnesses">What was found about the Stacks that the Application manages and that the same promotion set.</param>
    public static HealthFinding Judge(ApplicationHealthCheck check, ApplicationSnapshot? application, IReadOnlyList<HealthFinding> witnesses)
    {
        var name = $"Application {check.Application}";
        if (application is null || application.IsBeingDeleted)
        {
            return new(HealthState.Unhealthy, $"{name} {(application is null ? "is gone" : "is being deleted")}.");
        }

        if (application.IsStale)
        {
            return new(HealthState.Unknown, $"{name}: Argo CD has not looked at it since its last operation ended.");
        }

        if (application.Errors.Select(e => $"{e.Type}: {e.Message}").ToList() is { Count: > 0 } errors)
        {
            return new(HealthState.Unhealthy, $"{name}: {string.Join(" ", errors)}");
        }

        return JudgeSync(name, check, application, witnesses) ?? JudgeHealth(name, application);
    }

    /// <summary>Null when the sync is in order.</summary>
    private static HealthFinding? JudgeSync(
        string name, ApplicationHealthCheck check, ApplicationSnapshot application, IReadOnlyList<HealthFinding> witnesses)
    {
        if (check.DesiredRevisions.All(d => d.Length == 0))
        {
            return null;
        }

        if (application.Requested is not null || application.LastOperation is null or { IsCompleted: false })
        {
            return new(HealthState.Unknown, $"{name} is being synced.");
        }

        if (application.SyncRevisions.Count != check.DesiredRevisions.Count)
        {
            return new(HealthState.Unknown, $"{name} has {application.SyncRevisions.Count} sources, but {check.DesiredRevisions.Count} were promoted.");
        }

        return ApplicationJudgement.Matches(application.SyncRevisions, check.DesiredRevisions) || IsVouchedFor(check, application, witnesses)
            ? null
            : new(
                HealthState.Unhealthy,
                $"{name} is at {string.Join(", ", application.SyncRevisions)}, but {string.Join(", ", check.DesiredRevisions.Where(d => d.Length > 0))} was promoted.",
                IsDrift: true);
    }

    private static bool IsVouchedFor(ApplicationHealthCheck check, ApplicationSnapshot application, IReadOnlyList<HealthFinding> witnesses) =>
        witnesses.Count > 0 ? witnesses.All(w => !w.IsDrift && w.State is not HealthState.Unhealthy) : HasMovedOn(check, application);

    private static bool HasMovedOn(ApplicationHealthCheck check, ApplicationSnapshot application)
    {
        var ours = application.History.ToList().FindIndex(h => ApplicationJudgement.Matches(h, check.DesiredRevisions));
        var isPinned = application.Sources.Zip(check.DesiredRevisions).Any(s => s.Second.Length > 0 && s.First.TargetRevision == s.Second);
        return ours >= 0 && !isPinned && !application.History.Take(ours).Any(h => h.SequenceEqual(application.SyncRevisions));
    }

    private static HealthFinding JudgeHealth(string name, ApplicationSnapshot application) => application.Health switch
    {
        "Healthy" => new(HealthState.Healthy, $"{name} is healthy."),
        null or "" or "Progressing" => new(HealthState.Progressing, $"{name} is progressing."),
        "Suspended" => new(HealthState.Progressing, $"{name} is suspended; it counts as progressing until somebody resumes it."),
        var other => new(HealthState.Unhealthy, $"{name} is {other}."),
    };
}
