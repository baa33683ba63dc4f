using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Templates;

/// <summary>Evaluates the strings of a JSON document, and says of an error in which string it is.</summary>
internal sealed class JsonTemplate(IExpressionScope scope, EvaluationOptions options, ExpressionCache? cache)
{
    public JsonNode? Evaluate(JsonNode? document) => Map(document, "$", 0);

    public static IReadOnlyList<ExpressionException> Check(JsonNode? document)
    {
        var errors = new List<ExpressionException>();
        foreach (var (path, text) in Strings(document, "$", 0))
        {
            if (!Template.TryParse(text, out _, out var error))
            {
                errors.Add(error.At(path));
            }
        }

        return errors;
    }

    private static IEnumerable<(string Path, string Text)> Strings(JsonNode? node, string path, int depth)
    {
        if (depth > ParseLimits.MaxValueDepth)
        {
            throw TooDeep(path);
        }

        return node switch
        {
            JsonObject map => map.SelectMany(entry => Strings(entry.Value, JsonPath.Member(path, entry.Key), depth + 1)),
            JsonArray array => array.SelectMany((item, index) => Strings(item, $"{path}[{index}]", depth + 1)),
            JsonValue value when value.TryGetValue<string>(out var text) => [(path, text)],
            _ => [],
        };
    }

    private JsonNode? Map(JsonNode? node, string path, int depth)
    {
        if (depth > ParseLimits.MaxValueDepth)
        {
            throw TooDeep(path);
        }

        switch (node)
        {
            case JsonObject map:
                return new JsonObject(map.Select(entry =>
                    KeyValuePair.Create(entry.Key, Map(entry.Value, JsonPath.Member(path, entry.Key), depth + 1))));
            case JsonArray array:
                return new JsonArray([.. array.Select((item, index) => Map(item, $"{path}[{index}]", depth + 1))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return Text(value.GetValue<string>(), path);
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Text(string text, string path)
    {
        try
        {
            var template = cache?.Template(text) ?? Template.Parse(text);

            return JsonExport.Write(template.Evaluate(scope, options), 0);
        }
        catch (ExpressionException failure)
        {
            throw failure.At(path);
        }
    }

    private static ExpressionLimitException TooDeep(string path) => new(
        new ErrorPlace(new TextPosition(0, 1, 1), "", path.Length > 80 ? path[..80] + "…" : path),
        nameof(ParseLimits.MaxValueDepth),
        $"the document nests deeper than {ParseLimits.MaxValueDepth} arrays and objects (MaxValueDepth)");
}
