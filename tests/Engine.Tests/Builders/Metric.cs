using Waybill.Domain.Analysis;
using Waybill.Domain.Pipelines;

namespace Waybill.Engine.Tests.Builders;

/// <summary>Metrics and plans that tests start from.</summary>
internal static class Metric
{
    public const string Url = "https://api.example/up";

    public static MetricSpec Web(string? success = "result.ok", string url = Url, string name = "up", string? path = null) => new()
    {
        Name = name,
        SuccessCondition = success,
        Provider = new WebMetric { Url = url, JsonPath = path },
    };

    public static AnalysisPlan Plan(params MetricSpec[] metrics) => new() { Templates = ["up"], Metrics = metrics };

    public static Stage Verified(this Stage stage, params MetricSpec[] metrics) => stage with { Analysis = Plan(metrics) };

    public static Stage Verified(this Stage stage, AnalysisPlan plan) => stage with { Analysis = plan };
}
