using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Expressions;

namespace Waybill.Engine.Steps;

/// <summary>An HTTP answer as expressions see it: <c>response.status</c>, <c>.headers</c>, <c>.header(name)</c> and <c>.body</c>.</summary>
internal sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers, object? Body)
{
    /// <summary>As Kargo: larger answers are refused, not cut.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    public bool IsSuccess => Status is >= 200 and < 300;

    public static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, string? contentType, CancellationToken cancellationToken)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => (IReadOnlyList<string>)[.. h.Value], StringComparer.OrdinalIgnoreCase);
        var text = await ReadTextAsync(response.Content, cancellationToken);
        var type = contentType ?? response.Content.Headers.ContentType?.MediaType;
        return new HttpAnswer((int)response.StatusCode, headers, ReadBody(text, type));
    }

    public ExpressionScope Scope() => new ExpressionScope.Builder()
        .Variable("response", new Dictionary<string, object?>
        {
            ["status"] = (long)Status,
            ["headers"] = Headers.ToDictionary(h => h.Key, h => (object?)h.Value.Cast<object?>().ToList()),
            ["header"] = new ExpressionFunction("header", 1, 1, arguments => Headers.TryGetValue((string)arguments[0]!, out var values) ? values[0] : ""),
            ["body"] = Body,
        })
        .Build();

    private static object? ReadBody(string text, string? type)
    {
        if (text.Length == 0 || type is "text/plain")
        {
            return text.Length == 0 ? new Dictionary<string, object?>() : text;
        }

        try
        {
            return JsonNode.Parse(text) is { } node ? ExpressionValue.FromJson(node) : null;
        }
        catch (JsonException) when (type?.EndsWith("json", StringComparison.Ordinal) is not true)
        {
            return text;
        }
        catch (JsonException error)
        {
            throw new StepConfigException($"The answer says that it is {type}, but it is not JSON: {error.Message}");
        }
    }

    private static async Task<string> ReadTextAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxBytes
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : throw new StepConfigException($"The answer is larger than {MaxBytes / 1024 / 1024} MiB.");
    }
}
