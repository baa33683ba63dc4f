using Waybill.Domain.Stacks;

namespace Waybill.Domain.Tests.Stacks;

/// <summary>A Stack that was patched for promotion <c>p1</c> at generation 7, and the states the operator moves it through.</summary>
internal static class StackSnapshots
{
    public const string Wanted = "cccccccccccccccccccccccccccccccccccccccc";
    public const string Older = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    public const string Other = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    public static readonly StackReference Reference = new("local", "default", "dev");

    /// <summary>Just patched: the status still tells of generation 6 and promotion p0.</summary>
    public static StackSnapshot Patched { get; } = new StackSnapshot
    {
        Reference = Reference,
        ResourceVersion = "42",
        Generation = 7,
        Commit = Wanted,
        ObservedGeneration = 6,
        ObservedReconcileRequest = "p0",
        LastUpdate = new StackLastUpdate
        {
            Generation = 6,
            ReconcileRequest = "p0",
            Name = "dev-1",
            Type = "up",
            State = "succeeded",
            LastAttemptedCommit = Older,
            LastSuccessfulCommit = Older,
        },
        Ready = new(true, "ProcessingCompleted", ""),
    }.Annotated("p1");

    /// <summary>The operator has seen the patch and waits for the workspace.</summary>
    public static StackSnapshot Observed { get; } = Patched with
    {
        ObservedGeneration = 7,
        ObservedReconcileRequest = "p1",
        Ready = new(false, "NotReadyInProgress", ""),
        Reconciling = new(true, "StackProcessing", "waiting for workspace readiness"),
    };

    /// <summary>Our run is under way.</summary>
    public static StackSnapshot UnderWay { get; } = Observed with
    {
        CurrentUpdate = new(7, "dev-2", Wanted),
        Reconciling = new(true, "StackProcessing", "waiting for update"),
    };

    /// <summary>Our run succeeded.</summary>
    public static StackSnapshot Done { get; } = Observed.Ended("succeeded") with
    {
        Ready = new(true, "ProcessingCompleted", ""),
        Reconciling = null,
    };

    /// <summary>Our run failed once and the operator waits before it tries again.</summary>
    public static StackSnapshot FailedOnce { get; } = Observed.Ended("failed") with
    {
        Reconciling = new(true, "RetryingAfterFailure", "0 update failure(s)"),
    };

    public static StackSnapshot Annotated(this StackSnapshot stack, string? request) => stack with
    {
        Annotations = request is null ? new Dictionary<string, string>() : new() { [StackAnnotations.ReconciliationRequest] = request },
    };

    public static StackSnapshot Ended(this StackSnapshot stack, string state, string type = "up", string request = "p1") => stack with
    {
        CurrentUpdate = null,
        LastUpdate = new StackLastUpdate
        {
            Generation = stack.Generation,
            ReconcileRequest = request,
            Name = "dev-2",
            Type = type,
            State = state,
            Message = state is "failed" ? "boom" : null,
            LastAttemptedCommit = stack.Commit,
            LastSuccessfulCommit = state is "succeeded" ? stack.Commit : Older,
        },
    };

    public static StackSnapshot StalledBy(this StackSnapshot stack, string reason) => stack with
    {
        Ready = new(false, "NotReadyStalled", ""),
        Reconciling = null,
        Stalled = new(true, reason, $"{reason} in words"),
    };
}
