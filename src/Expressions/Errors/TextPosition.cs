namespace Waybill.Expressions;

/// <summary>A place in an expression's text: offset in UTF-16 units from 0, line and column (in characters) from 1.</summary>
public readonly record struct TextPosition(int Offset, int Line, int Column)
{
    internal static TextPosition Of(string text, int offset)
    {
        offset = Math.Clamp(offset, 0, text.Length);
        var lineStart = offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;
        var line = 1 + text.AsSpan(0, lineStart).Count('\n');

        return new TextPosition(offset, line, 1 + CountCharacters(text.AsSpan(lineStart, offset - lineStart)));
    }

    /// <summary>The position as errors show it, <c>line:column</c>.</summary>
    public override string ToString() => $"{Line}:{Column}";

    private static int CountCharacters(ReadOnlySpan<char> span)
    {
        var count = 0;
        foreach (var _ in span.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
