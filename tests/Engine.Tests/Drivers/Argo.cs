using Waybill.Domain;
using Waybill.Domain.ArgoCd;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>An Argo CD that does what a test says, and nothing else: an Application that the test did not mention is not there.</summary>
internal sealed class Argo : IArgoCdClient
{
    private readonly Dictionary<string, ApplicationSnapshot> _applications = [];
    private readonly List<(string Call, ClusterErrorKind Kind)> _faults = [];

    /// <summary>Every call in order, such as <c>get infra</c>, <c>sync infra</c>, <c>list app=x</c> or <c>refresh infra hard</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The newest sync that was asked for.</summary>
    public ApplicationSync? LastSync { get; private set; }

    /// <summary>Revisions that syncs come to, one after the other; without any, operations stay asked for.</summary>
    public Queue<string> SyncsTo { get; } = [];

    public ApplicationSnapshot this[string name]
    {
        get => _applications[name];
        set => _applications[name] = value;
    }

    public ApplicationSnapshot Add(string name, string? authorized = "shop:dev") => this[name] = new ApplicationSnapshot
    {
        Reference = Locate(null, name),
        ResourceVersion = "1",
        Annotations = authorized is null ? new Dictionary<string, string>() : new() { [ApplicationAnnotations.AuthorizedStage] = authorized },
        Sources = [new("https://github.com/acme/manifests.git", null, "main", new() { ["repoURL"] = "https://github.com/acme/manifests.git", ["targetRevision"] = "main" })],
        SyncStatus = "Synced",
        Health = "Healthy",
        ReconciledAt = DateTimeOffset.MaxValue,
    };

    /// <summary>The operation that was asked for ends.</summary>
    public void End(string name, string revision, string phase = "Succeeded", string message = "") => this[name] = this[name] with
    {
        Requested = null,
        LastOperation = new(this[name].Requested ?? this[name].LastOperation!.Operation, phase, message, DateTimeOffset.UnixEpoch, [revision]),
        SyncRevisions = [revision],
    };

    /// <summary>The next call of this kind fails.</summary>
    public void Fails(string call, ClusterErrorKind kind) => _faults.Add((call, kind));

    public ApplicationReference Locate(string? @namespace, string name) => new("default", @namespace ?? "argocd", name);

    public Task<ApplicationSnapshot?> GetAsync(ApplicationReference application, CancellationToken cancellationToken)
    {
        Record($"get {application.Name}");
        return Task.FromResult(_applications.GetValueOrDefault(application.Name));
    }

    public Task<IReadOnlyList<ApplicationSnapshot>> ListAsync(string? @namespace, string labelSelector, CancellationToken cancellationToken)
    {
        Record($"list {labelSelector}");
        return Task.FromResult<IReadOnlyList<ApplicationSnapshot>>([.. _applications.Values]);
    }

    public Task SyncAsync(ApplicationSnapshot application, ApplicationSync sync, CancellationToken cancellationToken)
    {
        var name = application.Reference.Name;
        Record($"sync {name}");
        if (this[name].ResourceVersion != application.ResourceVersion)
        {
            throw new ClusterException(ClusterErrorKind.Conflict, "Changed meanwhile.");
        }

        LastSync = sync;
        this[name] = this[name] with { ResourceVersion = application.ResourceVersion + "1", Requested = new(sync.Promotion, sync.Actor), LastOperation = null };
        if (SyncsTo.TryDequeue(out var revision))
        {
            End(name, revision);
        }

        return Task.CompletedTask;
    }

    public Task RefreshAsync(ApplicationReference application, bool hard, CancellationToken cancellationToken)
    {
        Record($"refresh {application.Name}{(hard ? " hard" : "")}");
        if (_applications.TryGetValue(application.Name, out var found))
        {
            _applications[application.Name] = found with { Annotations = found.Annotations.With(ApplicationAnnotations.Refresh, hard ? "hard" : "normal") };
        }

        return Task.CompletedTask;
    }

    private void Record(string call)
    {
        Calls.Add(call);
        var fault = _faults.FindIndex(f => call.StartsWith(f.Call, StringComparison.Ordinal));
        if (fault >= 0)
        {
            var kind = _faults[fault].Kind;
            _faults.RemoveAt(fault);
            throw new ClusterException(kind, $"{call}: {kind} on purpose.");
        }
    }
}
