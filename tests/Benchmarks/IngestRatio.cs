using System.Diagnostics;

namespace Waybill.Benchmarks;

/// <summary>
/// Accepting pushes that make freight, against bare inserts of the same rows into the same store: how much of what the store can do
/// is left. Both are measured in turns, so that whatever else the machine does slows both alike, and the median of the ratios counts.
/// </summary>
internal static class IngestRatio
{
    public const double Aim = 0.5;

    private const int Rounds = 101;

    // In another world: until then much of what runs is still compiled for a quick start.
    private const int WarmUp = 200;
    private const int Operations = 20;

    /// <summary>Measures, reports, and says whether the aim is met.</summary>
    public static async Task<bool> ReportAsync(TextWriter output)
    {
        await using (var another = await IngestWorld.CreateAsync())
        {
            await MeasureAsync(another, WarmUp);
        }

        await using var world = await IngestWorld.CreateAsync();
        var rounds = await MeasureAsync(world, Rounds);
        var ratio = Median(rounds, r => r.Pushes / r.SameRows);
        await output.WriteLineAsync($"""
            accepted pushes                     {Median(rounds, r => r.Pushes),8:F0} a second
            bare inserts of the {world.RowsOfAPush} rows of one   {Median(rounds, r => r.SameRows),8:F0} a second
            bare inserts of one small row       {Median(rounds, r => r.OneRow),8:F0} a second
            ratio to the same rows              {ratio,8:F2} ({rounds.Min(r => r.Pushes / r.SameRows):F2} to {rounds.Max(r => r.Pushes / r.SameRows):F2} in {Rounds} rounds); at least {Aim:F2} is the aim
            ratio to one small row              {Median(rounds, r => r.Pushes / r.OneRow),8:F2}
            ratio in rows a second              {Median(rounds, r => world.RowsOfAPush * r.Pushes / r.OneRow),8:F2}
            """);
        return ratio >= Aim;
    }

    private static async Task<IReadOnlyList<Round>> MeasureAsync(IngestWorld world, int count)
    {
        List<Round> rounds = [];
        for (var i = 0; i < count; i++)
        {
            rounds.Add(new Round(await RunAsync(world.InsertRowsOfAPushAsync), await RunAsync(world.AcceptPushAsync), await RunAsync(world.InsertOneRowAsync)));
        }

        return rounds;
    }

    /// <summary>Operations a second.</summary>
    private static async Task<double> RunAsync(Func<Task> operation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Operations; i++)
        {
            await operation();
        }

        return Operations / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(IEnumerable<Round> rounds, Func<Round, double> value)
    {
        var sorted = rounds.Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed record Round(double SameRows, double Pushes, double OneRow);
}
