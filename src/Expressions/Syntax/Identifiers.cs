using System.Text;

namespace Waybill.Expressions.Syntax;

/// <summary>What a name is made of: letters, digits after the first, underscore and dollar.</summary>
internal static class Identifiers
{
    public static int LengthAt(string text, int start, int end)
    {
        var index = start;
        while (index < end)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(index, end - index), out var rune, out var length) != System.Buffers.OperationStatus.Done
                || !(IsStart(rune) || (index > start && Rune.IsDigit(rune))))
            {
                break;
            }

            index += length;
        }

        return index - start;
    }

    /// <summary>Whether a name can continue with the character at a place.</summary>
    public static bool ContinuesAt(string text, int index, int end) =>
        index < end
        && Rune.DecodeFromUtf16(text.AsSpan(index, end - index), out var rune, out _) == System.Buffers.OperationStatus.Done
        && (IsStart(rune) || Rune.IsDigit(rune));

    private static bool IsStart(Rune rune) => rune.Value is '_' or '$' || Rune.IsLetter(rune);
}
