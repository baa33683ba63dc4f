namespace Waybill.Expressions.Syntax;

/// <summary>A text and the part of it that is one expression; positions are counted in the whole text.</summary>
internal sealed record SourceText(string Text, int Start, int End)
{
    public static SourceText Whole(string text) => new(text, 0, text.Length);

    public ExpressionSyntaxException Error(int offset, string reason, Exception? cause = null) =>
        new(ErrorPlace.In(Text, offset), reason, cause);

    public ExpressionLimitException LimitError(int offset, string limit, string reason) =>
        new(ErrorPlace.In(Text, offset), limit, $"{reason} ({limit})");
}
