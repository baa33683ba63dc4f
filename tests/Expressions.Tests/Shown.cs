using System.Globalization;

namespace Waybill.Expressions.Tests;

/// <summary>Writes results down so that tables of expectations can tell 1 from 1.0 and nil from "".</summary>
internal static class Shown
{
    public static string Of(object? value) => value switch
    {
        null => "nil",
        bool truth => truth ? "true" : "false",
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double real => Real(real),
        string text => $"'{text}'",
        DateTimeOffset date => date.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, object?> map => Map(map),
        IReadOnlyList<object?> array => "[" + string.Join(", ", array.Select(Of)) + "]",
        _ => throw new ArgumentException($"{value.GetType()} is not a kind of value that leaves the language.", nameof(value)),
    };

    private static string Map(IReadOnlyDictionary<string, object?> map) =>
        "{" + string.Join(", ", map.Select(entry => $"{entry.Key}: {Of(entry.Value)}")) + "}";

    private static string Real(double real)
    {
        var text = real.ToString("R", CultureInfo.InvariantCulture);

        return double.IsFinite(real) && !text.Contains('.', StringComparison.Ordinal) && !text.Contains('E', StringComparison.Ordinal)
            ? text + ".0"
            : text;
    }
}
