using Waybill.Domain;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>A cluster that does what a test says, and nothing else: a call about something the test did not mention throws.</summary>
internal sealed class Cluster : IStackClient
{
    private readonly Dictionary<string, StackSnapshot?> _stacks = [];
    private readonly Dictionary<string, WorkspaceSnapshot?> _workspaces = [];
    private readonly Dictionary<string, UpdateSnapshot?> _updates = [];
    private readonly Queue<Func<string, Exception?>> _faults = [];

    /// <summary>Every call in order, such as <c>get dev</c> or <c>patch dev</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Whether the operator is done with a request before anybody can look.</summary>
    public bool SucceedsAtOnce { get; set; }

    public int Patches => Calls.Count(c => c.StartsWith("patch", StringComparison.Ordinal));

    public StackSnapshot this[string name]
    {
        get => _stacks[name]!;
        set => _stacks[name] = value;
    }

    public void HasNoStack(string name) => _stacks[name] = null;

    public void HasWorkspace(string name, WorkspaceSnapshot? workspace) => _workspaces[name] = workspace;

    public void HasUpdate(string name, UpdateSnapshot? update) => _updates[name] = update;

    public StackSnapshot AddStack(string name, string? authorized) => this[name] = new StackSnapshot
    {
        Reference = new StackReference("default", "apps", name),
        ResourceVersion = "1",
        Generation = 1,
        ObservedGeneration = 1,
        Commit = new string('0', 40),
        PulumiStack = $"acme/shop/{name}",
        Annotations = authorized is null
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { [StackAnnotations.AuthorizedStage] = authorized },
        LastUpdate = new StackLastUpdate { Generation = 1, Name = $"{name}-1", Type = "up", State = "succeeded", LastSuccessfulCommit = new string('0', 40) },
    };

    /// <summary>The next call fails like this; a call that begins otherwise than <paramref name="call"/> is left alone.</summary>
    public void Fails(string call, ClusterErrorKind kind) =>
        _faults.Enqueue(made => made.StartsWith(call, StringComparison.Ordinal) ? new ClusterException(kind, $"{call}: {kind} on purpose.") : null);

    /// <summary>The operator has seen the request and works on it.</summary>
    public void Observe(string name) => this[name] = this[name] with
    {
        ObservedGeneration = this[name].Generation,
        ObservedReconcileRequest = this[name].ReconcileRequest,
        Ready = null,
        Stalled = null,
        Reconciling = new StackCondition(true, "StackProcessing", "at it"),
        CurrentUpdate = new StackCurrentUpdate(this[name].Generation, $"{name}-2", this[name].Commit),
    };

    /// <summary>The operator's run of the request ended.</summary>
    public void End(string name, bool succeeded = true)
    {
        Observe(name);
        var stack = this[name];
        this[name] = stack with
        {
            CurrentUpdate = null,
            Reconciling = succeeded ? null : stack.Reconciling,
            Ready = succeeded ? new StackCondition(true, "ProcessingCompleted", "") : null,
            LastUpdate = new StackLastUpdate
            {
                Generation = stack.Generation,
                ReconcileRequest = stack.ReconcileRequest,
                Name = $"{name}-2",
                Type = stack.Preview ? "preview" : "up",
                State = succeeded ? "succeeded" : "failed",
                Message = succeeded ? null : "bucket exists",
                LastSuccessfulCommit = succeeded ? stack.Commit : null,
                Permalink = !succeeded ? null : stack.Preview ? "https://app.pulumi.com/acme/shop/dev/previews/p-7" : "https://app.pulumi.com/acme/shop/dev/updates/7",
            },
        };
    }

    public Task<StackSnapshot?> GetStackAsync(StackReference stack, CancellationToken cancellationToken)
    {
        Record($"get {stack.Name}");
        return Task.FromResult(Expected(_stacks, stack.Name));
    }

    public Task<StackSnapshot> RequestRunAsync(
        StackReference stack, string resourceVersion, string commit, string request, CancellationToken cancellationToken)
    {
        Record($"patch {stack.Name}");
        var before = this[stack.Name];
        if (before.ResourceVersion != resourceVersion)
        {
            throw new ClusterException(ClusterErrorKind.Conflict, "Changed meanwhile.");
        }

        var after = this[stack.Name] = before with
        {
            ResourceVersion = before.ResourceVersion + "1",
            Generation = before.Generation + (before.Commit == commit ? 0 : 1),
            Commit = commit,
            Branch = null,
            Annotations = before.Annotations.With(StackAnnotations.ReconciliationRequest, request),
        };
        if (SucceedsAtOnce)
        {
            End(stack.Name);
        }

        return Task.FromResult(after);
    }

    public Task<WorkspaceSnapshot?> GetWorkspaceAsync(StackReference stack, CancellationToken cancellationToken)
    {
        Record($"workspace {stack.Name}");
        return Task.FromResult(Expected(_workspaces, stack.Name));
    }

    public Task<UpdateSnapshot?> GetUpdateAsync(StackReference stack, string name, CancellationToken cancellationToken)
    {
        Record($"update {name}");
        return Task.FromResult(Expected(_updates, name));
    }

    private void Record(string call)
    {
        Calls.Add(call);
        if (_faults.TryPeek(out var fault) && fault(call) is { } error)
        {
            _faults.Dequeue();
            throw error;
        }
    }

    private static T? Expected<T>(Dictionary<string, T?> known, string name) =>
        known.TryGetValue(name, out var found) ? found : throw new InvalidOperationException($"Nobody expected a call about {typeof(T).Name} {name}.");
}
