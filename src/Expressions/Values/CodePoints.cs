using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>Strings as the language counts them: by code point, which is by char wherever a string has no surrogates.</summary>
internal static class CodePoints
{
    public static int Count(string text, Budget budget)
    {
        budget.Scan(text);
        if (!HasSurrogates(text))
        {
            return text.Length;
        }

        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    public static string Slice(string text, int from, int to, Budget budget)
    {
        var start = UnitOffset(text, from);
        var end = UnitOffset(text, to);

        return budget.Produce(text[start..end]);
    }

    /// <summary>How many code points stand before a UTF-16 offset; negative offsets, of things not found, stay.</summary>
    public static long IndexOfUnit(string text, int offset)
    {
        if (offset <= 0 || !HasSurrogates(text))
        {
            return offset;
        }

        var count = 0;
        foreach (var _ in text.AsSpan(0, offset).EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static int UnitOffset(string text, int codePoints)
    {
        if (!HasSurrogates(text))
        {
            return codePoints;
        }

        var offset = 0;
        for (; codePoints > 0; codePoints--)
        {
            offset += offset + 1 < text.Length && char.IsSurrogatePair(text[offset], text[offset + 1]) ? 2 : 1;
        }

        return offset;
    }

    private static bool HasSurrogates(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}
