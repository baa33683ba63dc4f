namespace Waybill.Expressions;

/// <summary>Where an error is: a character of a text, and the JSON path of that text when it stands in a document.</summary>
internal sealed record ErrorPlace(TextPosition Position, string Snippet, string? Path = null)
{
    public static ErrorPlace In(string text, int offset)
    {
        var position = TextPosition.Of(text, offset);

        return new ErrorPlace(position, Waybill.Expressions.Snippet.Render(text, position));
    }

    public string Describe(string reason)
    {
        var prefix = Path is null ? "" : $"{Path}: ";
        var suffix = Snippet.Length == 0 ? "" : $"\n{Snippet}";

        return $"{prefix}{reason} ({Position}){suffix}";
    }
}
