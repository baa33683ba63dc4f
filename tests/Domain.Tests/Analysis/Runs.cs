using System.Globalization;
using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;

namespace Waybill.Domain.Tests.Analysis;

/// <summary>Metrics written as their limits, and runs written as the outcomes of their measurements.</summary>
internal static class Runs
{
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    public static MetricSpec Metric(string limits = "", string name = "m", TimeSpan initialDelay = default)
    {
        var given = limits.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')).ToDictionary(l => l[0], l => l.ElementAtOrDefault(1));
        int Number(string field, int otherwise) => given.TryGetValue(field, out var text) ? int.Parse(text!, CultureInfo.InvariantCulture) : otherwise;
        return new MetricSpec
        {
            Name = name,
            InitialDelay = initialDelay,
            Interval = given.ContainsKey("interval") ? Interval : null,
            Count = Number("count", 0),
            FailureLimit = Number("failureLimit", 0),
            InconclusiveLimit = Number("inconclusiveLimit", 0),
            ConsecutiveErrorLimit = Number("consecutiveErrorLimit", 4),
            ConsecutiveSuccessLimit = Number("consecutiveSuccessLimit", 0),
            IsDryRun = given.ContainsKey("dryRun"),
            Provider = new WebMetric { Url = "https://x" },
        };
    }

    public static AnalysisRun New(bool isEndKnown = false) => new()
    {
        Name = "dev.01jzzzzzzzzzzzzzzzzzzzzzzz.c0ffee0",
        Actor = "waybill",
        StartedAt = Start,
        Deadline = Start.AddHours(1),
        IsEndKnown = isEndKnown,
    };

    public static AnalysisRun After(MetricSpec metric, string outcomes) => outcomes.Aggregate(New(), (run, outcome) => run.Take([metric], outcome, Start));

    public static AnalysisRun Take(this AnalysisRun run, IReadOnlyList<MetricSpec> metrics, char outcome, DateTimeOffset at, string? metric = null) =>
        run.Record(metrics, new Dictionary<string, Measurement> { [metric ?? metrics[0].Name] = Measured(outcome, at) }, at);

    public static Measurement Measured(char outcome, DateTimeOffset at) => new()
    {
        StartedAt = at,
        FinishedAt = outcome == '.' ? null : at,
        Message = outcome is 's' or '.' ? "" : $"said {outcome}",
        Phase = outcome switch
        {
            's' => VerificationPhase.Successful,
            'f' => VerificationPhase.Failed,
            'i' => VerificationPhase.Inconclusive,
            'e' => VerificationPhase.Error,
            _ => VerificationPhase.Running,
        },
    };
}
