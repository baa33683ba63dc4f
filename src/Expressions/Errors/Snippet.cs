using System.Text;

namespace Waybill.Expressions;

/// <summary>The line an error is about with a caret under the character, windowed so that a huge line stays readable.</summary>
internal static class Snippet
{
    private const int Before = 60;
    private const int After = 40;

    public static string Render(string text, TextPosition position)
    {
        var lineStart = position.Offset == 0 ? 0 : text.LastIndexOf('\n', position.Offset - 1) + 1;
        var lineEnd = text.IndexOf('\n', position.Offset);
        if (lineEnd < 0)
        {
            lineEnd = text.Length;
        }

        if (lineStart == lineEnd)
        {
            return "";
        }

        var from = WholeCharacter(text, Math.Max(lineStart, position.Offset - Before), lineStart);
        var to = Math.Min(lineEnd, position.Offset + After);
        var lead = from > lineStart ? "…" : "";
        var tail = to < lineEnd ? "…" : "";
        var dots = lead.Length + CharactersBetween(text, from, position.Offset);

        return $" | {lead}{Printable(text[from..to])}{tail}\n | {new string('.', dots)}^";
    }

    private static int WholeCharacter(string text, int index, int floor) =>
        index > floor && char.IsLowSurrogate(text[index]) ? index - 1 : index;

    private static int CharactersBetween(string text, int from, int to) =>
        TextPosition.Of(text[from..to].Replace('\n', ' '), to - from).Column - 1;

    private static string Printable(string line)
    {
        var printable = new StringBuilder(line.Length);
        foreach (var character in line)
        {
            printable.Append(char.IsControl(character) ? ' ' : character);
        }

        return printable.ToString();
    }
}
