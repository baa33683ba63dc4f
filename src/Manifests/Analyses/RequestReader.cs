using Waybill.Domain.Analysis;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Analyses;

/// <summary>Reads what metrics that send requests have in common.</summary>
internal static class RequestReader
{
    /// <summary>What to do instead of <c>authentication</c>.</summary>
    public const string NoAuthentication = "send a header with a token from an argument, such as Authorization: \"Bearer {{args.token}}\"";

    private const int LongestTimeoutSeconds = 60;

    public static List<MetricHeader> ReadHeaders(MapReader owner)
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

    public static string? ReadUrl(Cursor? field)
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

    public static TimeSpan ReadTimeout(MapReader fields, string name, int otherwise)
    {
        var field = fields.Take(name);
        var seconds = field?.Integer(0, int.MaxValue) is { } given and > 0 ? given : otherwise;
        if (seconds > LongestTimeoutSeconds)
        {
            field!.Notice($"a measurement takes at most {LongestTimeoutSeconds} seconds in Waybill");
        }

        return TimeSpan.FromSeconds(Math.Min(seconds, LongestTimeoutSeconds));
    }

    public static bool ReadInsecure(MapReader fields)
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
