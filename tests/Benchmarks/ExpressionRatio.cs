using System.Diagnostics;

namespace Waybill.Benchmarks;

/// <summary>How long a promotion's worth of expressions takes once they are compiled, and how that compares with C# that says the same.</summary>
internal static class ExpressionRatio
{
    public static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(5);

    private const int Rounds = 201;

    /// <summary>Measures in turns, reports, and says whether the aim is met.</summary>
    public static async Task<bool> ReportAsync(TextWriter output)
    {
        var benchmarks = new ExpressionBenchmarks();
        List<(double Warm, double CSharp, double Cold)> rounds = [];
        for (var i = 0; i < Rounds; i++)
        {
            rounds.Add((Milliseconds(benchmarks.Warm), Milliseconds(benchmarks.InCSharp), Milliseconds(benchmarks.CompiledEachTime)));
        }

        var warm = Median(rounds.Select(r => r.Warm));
        await output.WriteLineAsync($"""
            {ExpressionBenchmarks.Expressions} expressions, warm               {warm,8:F3} ms; under {Aim.TotalMilliseconds:F0} is the aim
            the same, compiled each time        {Median(rounds.Select(r => r.Cold)),8:F3} ms
            the same in C#                      {Median(rounds.Select(r => r.CSharp)),8:F3} ms
            ratio to C#                         {Median(rounds.Select(r => r.Warm / r.CSharp)),8:F1}
            """);
        return warm < Aim.TotalMilliseconds;
    }

    private static double Milliseconds(Func<int> operation)
    {
        var started = Stopwatch.GetTimestamp();
        operation();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
