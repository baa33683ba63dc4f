using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Waybill.Simulation.Cluster.Api;

/// <summary>One change, as a watch reports it.</summary>
internal sealed record WatchEvent(long Version, string Type, string Plural, string Namespace, JsonObject Object);

/// <summary>The newest changes in order, for those who watch. Older ones are forgotten, as etcd compacts its history.</summary>
internal sealed class WatchLog
{
    private const int Limit = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<WatchEvent> _events = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _forgotten;

    public void Add(WatchEvent change)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            _events.Enqueue(change);
            if (_events.Count > Limit)
            {
                _forgotten = _events.Dequeue().Version;
            }

            (waiting, _next) = (_next, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.SetResult();
    }

    /// <summary>Changes after a version, for ever. Throws 410 when some of them are forgotten.</summary>
    public async IAsyncEnumerable<WatchEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (events, next) = After(after);
            foreach (var change in events)
            {
                yield return change;
                after = change.Version;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private (List<WatchEvent> Events, Task Next) After(long version)
    {
        lock (_gate)
        {
            return version < _forgotten
                ? throw new ApiFailure(410, "Expired", $"too old resource version: {version} ({_forgotten})")
                : ([.. _events.Where(e => e.Version > version)], _next.Task);
        }
    }
}
