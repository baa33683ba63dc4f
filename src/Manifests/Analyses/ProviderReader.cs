using Waybill.Domain.Analysis;
using Waybill.Expressions.JsonPaths;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Analyses;

/// <summary>Reads a metric's <c>provider</c>.</summary>
internal static class ProviderReader
{
    private const int LongestTimeoutSeconds = 60;
    private const string NoAuthentication = "send a header with a token from an argument, such as Authorization: \"Bearer {{args.token}}\"";

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
        fields.Refuse("authentication", NoAuthentication);
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
            Url = ReadUrl(url) ?? "",
            Method = method,
            Headers = ReadHeaders(fields),
            Body = body?.Text(),
            JsonBody = jsonBody?.Node.ToJson(),
            JsonPath = ReadPath(fields.Take("jsonPath")),
            Timeout = ReadTimeout(fields, "timeoutSeconds", 10),
            IsInsecure = ReadInsecure(fields),
        };
    }

    private static PrometheusMetric? ReadPrometheus(Cursor prometheus)
    {
        if (prometheus.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        fields.Refuse("authentication", NoAuthentication);
        return new PrometheusMetric
        {
            Address = ReadUrl(fields.Take("address", required: true)) ?? "",
            Query = fields.Text("query", required: true) ?? "",
            Headers = ReadHeaders(fields),
            Timeout = ReadTimeout(fields, "timeout", 30),
            IsInsecure = ReadInsecure(fields),
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

    private static List<MetricHeader> ReadHeaders(MapReader owner)
    {
        var headers = new List<MetricHeader>();
        foreach (var item in owner.Items("headers"))
        {
            if (item.Map() is not { } found)
            {
                continue;
            }

            using var fields = found;
            if (fields.Text("key", required: true) is { } key)
            {
                headers.Add(new MetricHeader(key, fields.Text("value") ?? ""));
            }
        }

        return headers;
    }

    private static string? ReadUrl(Cursor? field)
    {
        if (field?.Text() is not { } url)
        {
            return null;
        }

        var example = Placeholders.Replace(url, _ => "x");
        if (!url.StartsWith("{{", StringComparison.Ordinal)
            && (!Uri.TryCreate(example, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
        {
            field.Error("must be an absolute http or https address");
        }

        return url;
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

    private static TimeSpan ReadTimeout(MapReader fields, string name, int otherwise)
    {
        var field = fields.Take(name);
        var seconds = field?.Integer(0, int.MaxValue) is { } given and > 0 ? given : otherwise;
        if (seconds > LongestTimeoutSeconds)
        {
            field!.Notice($"a measurement takes at most {LongestTimeoutSeconds} seconds in Waybill");
        }

        return TimeSpan.FromSeconds(Math.Min(seconds, LongestTimeoutSeconds));
    }

    private static bool ReadInsecure(MapReader fields)
    {
        var field = fields.Take("insecure");
        var isInsecure = field?.Flag() ?? false;
        if (isInsecure)
        {
            field!.Notice("is refused when it is measured, unless the setting Verification:AllowInsecure is true");
        }

        return isInsecure;
    }
}
