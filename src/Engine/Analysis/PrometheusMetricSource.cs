using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Domain;
using Waybill.Domain.Analysis;
using Waybill.Expressions;

namespace Waybill.Engine.Analysis;

/// <summary><c>prometheus</c>: a scalar as a number, a vector or matrix as the list of its samples' values, as in Argo Rollouts.</summary>
public sealed class PrometheusMetricSource(OutboundRequests requests) : IMetricSource
{
    public bool Measures(MetricProvider provider) => provider is PrometheusMetric;

    public async Task<Reading> ReadAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        var prometheus = (PrometheusMetric)request.Metric.Provider;
        var (path, problem) = PathOf(prometheus, request.Now);
        if (problem is not null)
        {
            return Reading.Error(problem);
        }

        var answer = await requests.SendAsync(
            new OutboundRequest("GET", $"{prometheus.Address.TrimEnd('/')}/api/v1/{path}", prometheus.Headers, prometheus.Timeout, prometheus.IsInsecure),
            cancellationToken);
        return answer.Problem is { } failure ? Reading.Error(failure) : Read(answer);
    }

    private static (string Path, string? Problem) PathOf(PrometheusMetric prometheus, DateTimeOffset now)
    {
        var query = $"query={Uri.EscapeDataString(prometheus.Query)}";
        if (prometheus.Range is not { } range)
        {
            return ($"query?{query}&time={Seconds(now)}", null);
        }

        if (!GoDuration.TryParse(range.Step, out var step) || step <= TimeSpan.Zero)
        {
            return ("", $"rangeQuery.step {range.Step} is not a duration such as 1m.");
        }

        return TimeOf(range.Start, now) is { } start && TimeOf(range.End, now) is { } end
            ? ($"query_range?{query}&start={Seconds(start)}&end={Seconds(end)}&step={step.TotalSeconds.ToString(CultureInfo.InvariantCulture)}", null)
            : ("", $"rangeQuery.start {range.Start} and end {range.End} must be expressions for dates, such as now() - duration(\"1h\").");
    }

    private static DateTimeOffset? TimeOf(string expression, DateTimeOffset now)
    {
        try
        {
            return Expression.Parse(expression).Evaluate(ArgoRolloutsFunctions.ScopeOf(null), new EvaluationOptions { Now = now }) as DateTimeOffset?;
        }
        catch (Exception error) when (error is ExpressionException or ExpressionFunctionException)
        {
            return null;
        }
    }

    private static string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);

    private static Reading Read(OutboundAnswer answer)
    {
        try
        {
            var root = JsonNode.Parse(answer.Text) as JsonObject;
            if (root?["status"]?.GetValue<string>() is not "success")
            {
                return Reading.Error($"Prometheus answered {root?["status"]?.GetValue<string>() ?? "something else than it should"}: {root?["error"]}");
            }

            var data = root["data"]!;
            return data["resultType"]!.GetValue<string>() switch
            {
                "scalar" => Reading.Of(Number(data["result"]!)),
                "vector" => Reading.Of(data["result"]!.AsArray().Select(s => (object?)Number(s!["value"]!)).ToList()),
                "matrix" => Reading.Of(data["result"]!.AsArray().SelectMany(s => s!["values"]!.AsArray()).Select(v => (object?)Number(v!)).ToList()),
                var other => Reading.Error($"The query's result is a {other}; only numbers can be judged."),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentOutOfRangeException)
        {
            return Reading.Error(answer.LooksLikeHtml ? "The answer is a web page, not Prometheus'." : "The answer is not Prometheus'.");
        }
    }

    /// <summary>A sample is a time and a text, which may be NaN or an infinity.</summary>
    private static double Number(JsonNode sample) => sample[1]!.GetValue<string>() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
