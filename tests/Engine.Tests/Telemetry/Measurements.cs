using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Waybill.Engine.Telemetry;

namespace Waybill.Engine.Tests.Telemetry;

/// <summary>Every measurement of Waybill's that was taken while this listened, those of tests that run beside this one among them.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly ConcurrentQueue<Measurement> _seen = new();
    private readonly MeterListener _listener = new();

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == WaybillTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Add(i, value, tags));
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Measurement> Of(string name) => [.. _seen.Where(m => m.Name == name)];

    public IReadOnlyList<Measurement> Of(string name, string stage) => [.. Of(name).Where(m => Equals(m.Tags.GetValueOrDefault("waybill.stage"), stage))];

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Enqueue(new Measurement(instrument.Name, value, tags.ToArray().ToDictionary()));
}

internal sealed record Measurement(string Name, double Value, IReadOnlyDictionary<string, object?> Tags);
