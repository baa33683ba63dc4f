using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace Waybill.Benchmarks;

/// <summary>Where the time of accepting a push goes: run <see cref="IngestRatio"/> for how it compares.</summary>
[InProcess]
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 10)]
public class IngestBenchmarks
{
    private const int Operations = 200;

    private IngestWorld _world = null!;

    [GlobalSetup]
    public async Task SetUpAsync() => _world = await IngestWorld.CreateAsync();

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _world.DisposeAsync();

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public async Task BareInserts()
    {
        for (var i = 0; i < Operations; i++)
        {
            await _world.InsertRowsOfAPushAsync();
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public async Task AcceptedPushes()
    {
        for (var i = 0; i < Operations; i++)
        {
            await _world.AcceptPushAsync();
        }
    }
}
