namespace Waybill.Simulation.Cluster;

/// <summary>Something that goes wrong with calls to the simulated API server, other than the operator's own.</summary>
public sealed record Fault
{
    /// <summary>RBAC's verb: get, list, watch, create, update, patch or delete; null for any.</summary>
    public string? Verb { get; init; }

    /// <summary>Such as <c>stacks</c>; null for any.</summary>
    public string? Resource { get; init; }

    /// <summary>An object's name; null for any.</summary>
    public string? Name { get; init; }

    /// <summary>How many calls it befalls; null for every one until it is cleared.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>What happens.</summary>
    public FaultKind Kind { get; init; }

    /// <summary>The status code of <see cref="FaultKind.Status"/>.</summary>
    public int StatusCode { get; init; } = 500;

    /// <summary>The Retry-After header of <see cref="FaultKind.Status"/>, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>An answer with a status code.</summary>
    public static Fault Status(int code, int? retryAfterSeconds = null) =>
        new() { Kind = FaultKind.Status, StatusCode = code, RetryAfterSeconds = retryAfterSeconds };

    /// <summary>No answer at all.</summary>
    public static Fault Hang { get; } = new() { Kind = FaultKind.Hang };

    /// <summary>An answer that begins and never ends.</summary>
    public static Fault Stall { get; } = new() { Kind = FaultKind.Stall };

    /// <summary>The connection closes without an answer.</summary>
    public static Fault Drop { get; } = new() { Kind = FaultKind.Drop };

    /// <summary>200 with a page of a proxy instead of an answer.</summary>
    public static Fault Garble { get; } = new() { Kind = FaultKind.Garble };

    internal bool Matches(string verb, string resource, string? name) =>
        (Verb is null || Verb == verb) && (Resource is null || Resource == resource) && (Name is null || Name == name);
}

/// <summary>The ways a call can go wrong.</summary>
public enum FaultKind
{
    Status,
    Hang,
    Stall,
    Drop,
    Garble,
}

/// <summary>The faults in force.</summary>
public sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<(Fault Fault, int? Left)> _faults = [];

    public void Add(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add((fault, fault.Times));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    internal Fault? Take(string verb, string resource, string? name)
    {
        lock (_gate)
        {
            var index = _faults.FindIndex(f => f.Left is not 0 && f.Fault.Matches(verb, resource, name));
            if (index < 0)
            {
                return null;
            }

            var (fault, left) = _faults[index];
            _faults[index] = (fault, left - 1);
            return fault;
        }
    }
}
