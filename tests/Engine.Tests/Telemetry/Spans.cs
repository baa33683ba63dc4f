using System.Collections.Concurrent;
using System.Diagnostics;
using Waybill.Engine.Telemetry;

namespace Waybill.Engine.Tests.Telemetry;

/// <summary>Every span of Waybill's that ended while this listened, those of tests that run beside this one among them.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public Spans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WaybillTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> All => [.. _ended];

    public IReadOnlyList<Activity> Of(string trace) => [.. _ended.Where(s => s.TraceId.ToString() == trace)];

    public void Dispose() => _listener.Dispose();
}
