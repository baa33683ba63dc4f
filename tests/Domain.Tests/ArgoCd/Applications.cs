using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;

namespace Waybill.Domain.Tests.ArgoCd;

/// <summary>An Application that was synced for promotion <c>p1</c> to <c>ours</c>, and the states around that.</summary>
internal static class Applications
{
    public const string Ours = "cccccccccccccccccccccccccccccccccccccccc";
    public const string Before = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    public const string Later = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly ApplicationOperation Mine = new("p1", "ada");
    public static readonly ApplicationOperation Foreign = new(null, "bob");

    public static ApplicationSnapshot Synced { get; } = new()
    {
        Reference = new("local", "argocd", "infra"),
        ResourceVersion = "7",
        Sources = [new("https://github.com/org/manifests", null, "main", [])],
        LastOperation = new(Mine, "Succeeded", "successfully synced", Noon, [Ours]),
        SyncStatus = "Synced",
        SyncRevisions = [Ours],
        Health = "Healthy",
        ReconciledAt = Noon,
        History = [[Before], [Ours]],
        Stacks = [new("default", "dev")],
    };

    /// <summary>Another stage committed to the same branch, and Argo CD followed.</summary>
    public static ApplicationSnapshot MovedOn { get; } = Synced with
    {
        LastOperation = new(new("p2", "bob"), "Succeeded", "", Noon, [Later]),
        SyncRevisions = [Later],
        History = [[Before], [Ours], [Later]],
    };

    public static ApplicationSnapshot With(this ApplicationSnapshot application, ApplicationOperation operation, string phase, string message = "", params string[] revisions) =>
        application with { LastOperation = new(operation, phase, message, phase is "Running" or "Terminating" ? null : Noon, revisions) };

    public static ApplicationSource Chart(string revision) => new("https://charts.example.com", "redis", revision, new JsonObject());
}
