namespace Waybill.Expressions.Values;

/// <summary>The names that <c>type()</c> and errors give to kinds of values.</summary>
internal static class ValueKind
{
    public static string Name(object? value) => value switch
    {
        null => "nil",
        bool => "bool",
        long => "int",
        double => "float",
        string => "string",
        DateTimeOffset => "time.Time",
        TimeSpan => "time.Duration",
        ExpressionFunction => "func",
        NamedNumber named => named.TypeName,
        TimeZoneInfo => "time.Location",
        SemanticVersion => "semver.Version",
        ExpressionRecord record => record.TypeName,
        IReadOnlyDictionary<string, object?> => "map",
        IReadOnlyList<object?> => "array",
        _ => value.GetType().Name,
    };

    public static bool IsTrue(object? value) =>
        value is bool truth ? truth : throw new Fault($"expected a bool, got {Name(value)}");

    public static IReadOnlyList<object?> Array(object? value, string what) =>
        value as IReadOnlyList<object?> ?? throw new Fault($"{what}: expected an array, got {Name(value)}");

    public static string Text(object? value, string what) =>
        value as string ?? throw new Fault($"{what}: expected a string, got {Name(value)}");
}
