using System.Globalization;
using System.Text;
using Waybill.Expressions.Dates;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions that turn values of one kind into another.</summary>
internal static class ConversionBuiltins
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static readonly Builtin[] All =
    [
        new("type", 1, 1, (_, arguments) => ValueKind.Name(arguments[0])),
        new("int", 1, 1, (_, arguments) => Boxed.Of(ToInteger(arguments[0]))),
        new("float", 1, 1, (_, arguments) => Boxed.Of(ToReal(arguments[0]))),
        new("string", 1, 1, (evaluation, arguments) => ValueText.Of(arguments[0], evaluation.Budget)),
        new("toBase64", 1, 1, ToBase64),
        new("fromBase64", 1, 1, FromBase64),
    ];

    /// <summary>The integer a value is: a number cut to its whole part, or a string of digits.</summary>
    public static long ToInteger(object? value) => value switch
    {
        string text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? integer
            : throw new Fault("int: the string is not an integer"),
        TimeSpan span => Durations.Nanoseconds(span),
        _ => Number.ToInteger(value, "int"),
    };

    /// <summary>The float a value is: any number, or a string that reads as one.</summary>
    public static double ToReal(object? value) => value switch
    {
        string text => FloatReader.TryRead(text) ?? throw new Fault("float: the string is not a number"),
        _ => Number.ToReal(value, "float"),
    };

    private static string ToBase64(Evaluation evaluation, object?[] arguments)
    {
        var text = ValueKind.Text(arguments[0], "toBase64");
        evaluation.Budget.Characters(2L * text.Length);

        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    private static string FromBase64(Evaluation evaluation, object?[] arguments)
    {
        var text = ValueKind.Text(arguments[0], "fromBase64");
        evaluation.Budget.Characters(text.Length);
        try
        {
            return StrictUtf8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException failure)
        {
            throw new Fault("fromBase64: the string is not base64", cause: failure);
        }
        catch (DecoderFallbackException failure)
        {
            throw new Fault("fromBase64: the bytes are not UTF-8 text", cause: failure);
        }
    }
}
