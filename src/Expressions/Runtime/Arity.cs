namespace Waybill.Expressions.Runtime;

/// <summary>Words for a call with too few or too many arguments.</summary>
internal static class Arity
{
    public static string Describe(string name, int min, int max, int got)
    {
        var expected = (min, max) switch
        {
            _ when min == max => $"{min}",
            (_, int.MaxValue) => $"at least {min}",
            _ when max == min + 1 => $"{min} or {max}",
            _ => $"{min} to {max}",
        };

        return $"invalid number of arguments for {name} (expected {expected}, got {got})";
    }
}
