using System.Collections.Concurrent;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>Remembers since when things are going on: Kubernetes' own times have no fractions of a second.</summary>
internal sealed class Clockwork(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Whether a span is over that begins when it is first asked about.</summary>
    public bool IsOver(string what, TimeSpan span) =>
        span <= TimeSpan.Zero || Now - _since.GetOrAdd(what, _ => Now) >= span;
}
