namespace Waybill.Simulation.GitHub;

/// <content>What others told the repository of its commits.</content>
public sealed partial class SimulatedRepository
{
    private readonly List<SimulatedStatus> _statuses = [];
    private readonly List<SimulatedDeployment> _deployments = [];

    /// <summary>All commit statuses ever set, oldest first.</summary>
    public IReadOnlyList<SimulatedStatus> Statuses
    {
        get
        {
            lock (_lock)
            {
                return [.. _statuses];
            }
        }
    }

    /// <summary>All deployments, oldest first.</summary>
    public IReadOnlyList<SimulatedDeployment> Deployments
    {
        get
        {
            lock (_lock)
            {
                return [.. _deployments];
            }
        }
    }

    /// <summary>Null when the commit has too many of that context already.</summary>
    internal SimulatedStatus? AddStatus(Func<long, DateTimeOffset, SimulatedStatus> create)
    {
        lock (_lock)
        {
            var status = create(_statuses.Count + 1, _time.GetUtcNow());
            if (_statuses.Count(s => s.Sha == status.Sha && s.Context == status.Context) >= SimulatedStatus.Limit)
            {
                return null;
            }

            _statuses.Add(status);
            return status;
        }
    }

    internal SimulatedDeployment AddDeployment(Func<long, DateTimeOffset, SimulatedDeployment> create)
    {
        lock (_lock)
        {
            _deployments.Add(create(_deployments.Count + 1, _time.GetUtcNow()));
            return _deployments[^1];
        }
    }

    /// <summary>Null when there is no such deployment.</summary>
    internal SimulatedDeployment? UpdateDeployment(long id, Func<long, DateTimeOffset, SimulatedDeploymentStatus> create)
    {
        lock (_lock)
        {
            var index = _deployments.FindIndex(d => d.Id == id);
            if (index < 0)
            {
                return null;
            }

            var number = _deployments.Sum(d => d.History.Count) + 1;
            return _deployments[index] = _deployments[index] with { History = [.. _deployments[index].History, create(number, _time.GetUtcNow())] };
        }
    }
}

/// <summary>A commit's status.</summary>
public sealed record SimulatedStatus(long Id, string Sha, string State, string Context, DateTimeOffset At)
{
    /// <summary>As many as GitHub keeps of a commit and context.</summary>
    public const int Limit = 1000;

    public string? Description { get; init; }

    public string? TargetUrl { get; init; }
}

/// <summary>A deployment.</summary>
public sealed record SimulatedDeployment(long Id, string Sha, string Task, string Environment, string Payload, DateTimeOffset At)
{
    public string? Description { get; init; }

    /// <summary>How it went, oldest first.</summary>
    public IReadOnlyList<SimulatedDeploymentStatus> History { get; init; } = [];
}

/// <summary>How a deployment was at a moment.</summary>
public sealed record SimulatedDeploymentStatus(long Id, string State, string Description, string? LogUrl, DateTimeOffset At);
