using System.Text.Json.Nodes;

namespace Waybill.Domain.Analysis;

/// <summary>Puts arguments into every text of a metric.</summary>
public static class MetricTexts
{
    /// <summary>The metric with its placeholders replaced; <paramref name="valueOf"/> gives the value of an argument by its name.</summary>
    public static MetricSpec With(this MetricSpec metric, Func<string, string?> valueOf)
    {
        string Replace(string text) => Placeholders.Replace(text, valueOf);

        return metric with
        {
            SuccessCondition = metric.SuccessCondition is { } success ? Replace(success) : null,
            FailureCondition = metric.FailureCondition is { } failure ? Replace(failure) : null,
            Provider = metric.Provider switch
            {
                WebMetric web => With(web, Replace),
                PrometheusMetric prometheus => With(prometheus, Replace),
                JobMetric job => With(job, Replace),
                var other => other,
            },
        };
    }

    private static WebMetric With(WebMetric web, Func<string, string> replace) => web with
    {
        Url = replace(web.Url),
        Headers = With(web.Headers, replace),
        Body = web.Body is { } body ? replace(body) : null,
        JsonBody = With(web.JsonBody, replace),
        JsonPath = web.JsonPath is { } path ? replace(path) : null,
    };

    private static PrometheusMetric With(PrometheusMetric prometheus, Func<string, string> replace) => prometheus with
    {
        Address = replace(prometheus.Address),
        Query = replace(prometheus.Query),
        Headers = With(prometheus.Headers, replace),
        Range = prometheus.Range is { } range ? new PrometheusRange(replace(range.Start), replace(range.End), replace(range.Step)) : null,
    };

    private static JobMetric With(JobMetric job, Func<string, string> replace) => job with
    {
        Namespace = job.Namespace is { } name ? replace(name) : null,
        Labels = job.Labels.ToDictionary(l => l.Key, l => replace(l.Value)),
        Annotations = job.Annotations.ToDictionary(a => a.Key, a => replace(a.Value)),
        Spec = (JsonObject)With(job.Spec, replace)!,
    };

    private static IReadOnlyList<MetricHeader> With(IReadOnlyList<MetricHeader> headers, Func<string, string> replace) =>
        [.. headers.Select(h => new MetricHeader(h.Key, replace(h.Value)))];

    private static JsonNode? With(JsonNode? node, Func<string, string> replace) => node switch
    {
        JsonObject map => new JsonObject(map.Select(f => KeyValuePair.Create(f.Key, With(f.Value, replace)))),
        JsonArray list => new JsonArray([.. list.Select(i => With(i, replace))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(replace(text)),
        _ => node?.DeepClone(),
    };
}
