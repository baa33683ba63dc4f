namespace Waybill.Expressions.Values;

/// <summary>Orders strings by code point, which is how Go sorts the keys of a map it prints.</summary>
internal sealed class CodePointComparer : IComparer<string>
{
    public static readonly CodePointComparer Instance = new();

    // UTF-16 order differs from code point order only where surrogates meet U+E000 and above.
    public int Compare(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        var common = left.AsSpan().CommonPrefixLength(right);

        return common == left.Length || common == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[common]).CompareTo(Rank(right[common]));
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + char.MaxValue : unit;
}
