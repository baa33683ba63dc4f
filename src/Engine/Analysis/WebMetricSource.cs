using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Domain.Analysis;
using Waybill.Expressions;
using Waybill.Expressions.JsonPaths;

namespace Waybill.Engine.Analysis;

/// <summary><c>web</c>: the answer to a request, or what a path in it leads to first. An answer that is no JSON is a text, as in Argo Rollouts.</summary>
public sealed class WebMetricSource(OutboundRequests requests) : IMetricSource
{
    public bool Measures(MetricProvider provider) => provider is WebMetric;

    public async Task<Reading> ReadAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        var web = (WebMetric)request.Metric.Provider;
        if (!KubernetesJsonPath.TryParse(web.JsonPath ?? "{$}", out var path, out var error))
        {
            return Reading.Error($"jsonPath {web.JsonPath}: {error}.");
        }

        var answer = await requests.SendAsync(
            new OutboundRequest(web.Method, web.Url, web.Headers, web.Timeout, web.IsInsecure)
            {
                Body = web.Body ?? web.JsonBody?.ToJsonString(),
                BodyType = web.JsonBody is null ? "text/plain; charset=utf-8" : "application/json",
            },
            cancellationToken);
        return answer.Problem is { } problem ? Reading.Error(problem) : Read(answer, path);
    }

    private static Reading Read(OutboundAnswer answer, KubernetesJsonPath path)
    {
        if (!TryParse(answer.Text, out var document))
        {
            return answer.LooksLikeHtml
                ? Reading.Error("The answer is a web page rather than JSON: the address may be wrong, or ask for a sign-in.")
                : Reading.Of(answer.Text);
        }

        var findings = path.Find(ExpressionValue.FromJson(document));
        return findings switch
        {
            { Problem: { } problem } => Reading.Error($"jsonPath {path.Text}: {problem}"),
            { Values: [var first, ..] } => Reading.Of(first),
            _ => Reading.Error($"jsonPath {path.Text} leads to nothing in the answer."),
        };
    }

    private static bool TryParse(string text, out JsonNode? document)
    {
        try
        {
            document = JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            document = null;
            return false;
        }
    }
}
