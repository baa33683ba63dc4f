using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Domain;

namespace Waybill.Engine.Steps;

/// <summary>Reads a step's evaluated configuration; every mistake names the field.</summary>
public static class StepConfig
{
    public static string RequiredText(this JsonObject config, string field) =>
        config.Text(field) is { Length: > 0 } text ? text : throw new StepConfigException($"config.{field} is missing or empty.");

    /// <summary>A string; numbers and booleans, which expressions may have made of one, are written out.</summary>
    public static string? Text(this JsonObject config, string field) => config[field] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.ToJsonString(),
        _ => throw new StepConfigException($"config.{field} must be a string."),
    };

    public static bool Flag(this JsonObject config, string field, bool otherwise = false) => config[field] switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => throw new StepConfigException($"config.{field} must be true or false."),
    };

    public static int Number(this JsonObject config, string field, int otherwise) => config[field] switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        JsonValue value when value.TryGetValue<long>(out var number) && number is >= int.MinValue and <= int.MaxValue => (int)number,
        _ => throw new StepConfigException($"config.{field} must be a whole number."),
    };

    /// <summary>A positive Go duration.</summary>
    public static TimeSpan? Duration(this JsonObject config, string field)
    {
        if (config.Text(field) is not { } text)
        {
            return null;
        }

        return GoDuration.TryParse(text, out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new StepConfigException($"config.{field} is \"{text}\", which is not a positive duration such as 90s, 10m or 24h.");
    }

    /// <summary>A list of objects; empty when the field is missing.</summary>
    public static IReadOnlyList<JsonObject> Objects(this JsonObject config, string field) => config[field] switch
    {
        null => [],
        JsonArray array when array.All(item => item is JsonObject) => [.. array.Cast<JsonObject>()],
        _ => throw new StepConfigException($"config.{field} must be a list of objects."),
    };
}

/// <summary>A step's configuration is wrong once its expressions are evaluated.</summary>
public sealed class StepConfigException(string message) : Exception(message);
