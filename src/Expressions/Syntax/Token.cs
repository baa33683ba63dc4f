namespace Waybill.Expressions.Syntax;

/// <summary>A word of the language: its kind, its text (unescaped for strings) and where it starts.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Offset)
{
    public bool Is(TokenKind kind, string text) => Kind == kind && Text == text;

    public bool IsOperator(string text) => Is(TokenKind.Operator, text);

    public bool IsBracket(string text) => Is(TokenKind.Bracket, text);

    public string Describe() => Kind switch
    {
        TokenKind.End => "end of expression",
        TokenKind.String or TokenKind.Bytes => "string",
        _ => $"{Kind.ToString().ToLowerInvariant()} \"{Text}\"",
    };
}

internal enum TokenKind
{
    End,
    Identifier,
    Operator,
    Bracket,
    Number,
    String,
    Bytes,
}
