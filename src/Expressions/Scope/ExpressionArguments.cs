using Waybill.Expressions.Values;

namespace Waybill.Expressions;

/// <summary>Reads the arguments of a function of the scope; one of a wrong type fails the call, saying which.</summary>
public static class ExpressionArguments
{
    /// <summary>The string at an index.</summary>
    public static string StringAt(this IReadOnlyList<object?> arguments, int index) =>
        At<string>(arguments, index, "a string");

    /// <summary>The integer at an index.</summary>
    public static long IntegerAt(this IReadOnlyList<object?> arguments, int index) =>
        At<long>(arguments, index, "an int");

    /// <summary>The map at an index.</summary>
    public static IReadOnlyDictionary<string, object?> MapAt(this IReadOnlyList<object?> arguments, int index) =>
        At<IReadOnlyDictionary<string, object?>>(arguments, index, "a map");

    private static T At<T>(IReadOnlyList<object?> arguments, int index, string expected)
    {
        ArgumentNullException.ThrowIfNull(arguments);

        return arguments[index] is T value
            ? value
            : throw new ExpressionFunctionException(
                $"expected argument {index + 1} to be {expected}, got {ValueKind.Name(arguments[index])}");
    }
}
