using Waybill.Expressions.Syntax;

namespace Waybill.Expressions.Templates;

/// <summary>Finds the expressions of a template.</summary>
internal static class TemplateParser
{
    private static readonly (string Open, string Close)[] Delimiters = [("${{", "}}"), ("${%", "%}")];

    public static IReadOnlyList<TemplateSegment> Parse(string text)
    {
        var segments = new List<TemplateSegment>();
        var position = 0;
        while (NextOpening(text, position) is { } opening)
        {
            AddText(segments, position, opening.Index);
            var start = opening.Index + opening.Open.Length;
            var end = text.IndexOf(opening.Close, start, StringComparison.Ordinal);
            if (end < 0)
            {
                throw new SourceText(text, start, text.Length).Error(
                    opening.Index,
                    $"unclosed expression: expected {opening.Close} after {opening.Open}");
            }

            segments.Add(new TemplateSegment(start, end - start, ParseExpression(text, start, end, opening.Close)));
            position = end + opening.Close.Length;
        }

        AddText(segments, position, text.Length);

        return segments;
    }

    private static void AddText(List<TemplateSegment> segments, int start, int end)
    {
        if (end > start)
        {
            segments.Add(new TemplateSegment(start, end - start, null));
        }
    }

    private static (int Index, string Open, string Close)? NextOpening(string text, int from)
    {
        (int Index, string Open, string Close)? next = null;
        foreach (var (open, close) in Delimiters)
        {
            var index = text.IndexOf(open, from, StringComparison.Ordinal);
            if (index >= 0 && (next is null || index < next.Value.Index))
            {
                next = (index, open, close);
            }
        }

        return next;
    }

    private static ParsedExpression ParseExpression(string text, int start, int end, string close)
    {
        var source = new SourceText(text, start, end);
        if (text.AsSpan(start, end - start).IsWhiteSpace())
        {
            throw source.Error(start, "empty expression");
        }

        try
        {
            return Parser.Parse(source);
        }
        catch (ExpressionSyntaxException cut) when (WasCutShort(cut, text, end, close))
        {
            var other = close == Delimiters[0].Close ? Delimiters[1] : Delimiters[0];
            throw source.Error(
                cut.Position.Offset,
                $"{cut.Reason}; the expression ends at the first {close}, write {other.Open} {other.Close} around one that contains it",
                cut);
        }
    }

    // As in Kargo the first closing delimiter closes, be it within a string; a second one before the next opening tells.
    private static bool WasCutShort(ExpressionSyntaxException cut, string text, int end, string close)
    {
        if (cut.Position.Offset < end && cut.Reason is not (Lexer.OpenString or Lexer.OpenComment))
        {
            return false;
        }

        var after = end + 1;
        var next = NextOpening(text, after)?.Index ?? text.Length;

        return text.AsSpan(after, next - after).IndexOf(close) >= 0;
    }
}
