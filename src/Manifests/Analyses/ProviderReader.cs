using Waybill.Domain.Analysis;
using Waybill.Expressions.JsonPaths;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Analyses;

/// <summary>Reads a metric's <c>provider</c>.</summary>
internal static class ProviderReader
{

    private static readonly string[] Unsupported =
        ["kayenta", "datadog", "wavefront", "newRelic", "cloudWatch", "graphite", "influxdb", "skywalking", "plugin"];

    public static MetricProvider? Read(Cursor? provider)
    {
        if (provider?.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        foreach (var name in Unsupported)
        {
            fields.Refuse(name, $"Waybill measures with web, prometheus and job: ask {name}'s HTTP API with web, or write a job that does");
        }

        Cursor?[] given = [fields.Take("web"), fields.Take("prometheus"), fields.Take("job")];
        if (given.Count(g => g is not null) != 1)
        {
            provider.Error("exactly one of web, prometheus and job is required");
            return null;
        }

        return given switch
        {
            [{ } web, _, _] => ReadWeb(web),
            [_, { } prometheus, _] => ReadPrometheus(prometheus),
            [_, _, var job] => ReadJob(job!),
            _ => null,
        };
    }

    private static WebMetric? ReadWeb(Cursor web)
    {
        if (web.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        fields.Refuse("authentication", RequestReader.NoAuthentication);
        var url = fields.Take("url", required: true);
        var method = fields.Take("method")?.OneOf(["GET", "POST", "PUT"]) ?? "GET";
        var (body, jsonBody) = (fields.Take("body"), fields.Take("jsonBody"));
        if (body is not null && jsonBody is not null)
        {
            jsonBody.Error("body and jsonBody exclude each other");
        }

        if (method is "GET" && (body ?? jsonBody) is { } sent)
        {
            sent.Error("a GET has no body: set method to POST or PUT");
        }

        return new WebMetric
        {
            Url = RequestReader.ReadUrl(url) ?? "",
            Method = method,
            Headers = RequestReader.ReadHeaders(fields),
            Body = body?.Text(),
            JsonBody = jsonBody?.Node.ToJson(),
            JsonPath = ReadPath(fields.Take("jsonPath")),
            Timeout = RequestReader.ReadTimeout(fields, "timeoutSeconds", 10),
            IsInsecure = RequestReader.ReadInsecure(fields),
        };
    }

    private static PrometheusMetric? ReadPrometheus(Cursor prometheus)
    {
        if (prometheus.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        fields.Refuse("authentication", RequestReader.NoAuthentication);
        return new PrometheusMetric
        {
            Address = RequestReader.ReadUrl(fields.Take("address", required: true)) ?? "",
            Query = fields.Text("query", required: true) ?? "",
            Headers = RequestReader.ReadHeaders(fields),
            Timeout = RequestReader.ReadTimeout(fields, "timeout", 30),
            IsInsecure = RequestReader.ReadInsecure(fields),
            Range = ReadRange(fields),
        };
    }

    private static PrometheusRange? ReadRange(MapReader prometheus)
    {
        if (prometheus.Map("rangeQuery") is not { } found)
        {
            return null;
        }

        using var fields = found;
        var (start, end, step) = (fields.Text("start", required: true), fields.Text("end", required: true), fields.Text("step", required: true));
        return start is null || end is null || step is null ? null : new PrometheusRange(start, end, step);
    }

    private static JobMetric? ReadJob(Cursor job)
    {
        if (job.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var metadata = fields.Map("metadata");
        var spec = fields.Take("spec", required: true);
        var read = JobMetadataReader.Read(metadata);
        return spec?.Node is MappingNode map ? read with { Spec = map.ToJson() } : spec?.Map() is null ? null : read;
    }

    private static string? ReadPath(Cursor? field)
    {
        if (field?.Text() is not { Length: > 0 } path)
        {
            return null;
        }

        // With an argument in it, it is only known in a run.
        if (Placeholders.In(path).Count == 0 && !KubernetesJsonPath.TryParse(path, out _, out var error))
        {
            field.Error($"not a JSONPath as kubectl writes it: {error}");
        }

        return path;
    }
}
