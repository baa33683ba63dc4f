namespace Waybill.Expressions.Syntax;

/// <summary>How tightly operators bind; the table of expr-lang.</summary>
internal static class Operators
{
    public const string Coalesce = "??";
    public const string Pipe = "|";

    /// <summary>Words that are operators wherever they stand, except after a point.</summary>
    public static bool IsWord(string word) => word
        is "not" or "in" or "or" or "and" or "matches" or "contains" or "startsWith" or "endsWith" or "let" or "if" or "else";

    public static int? UnaryPrecedence(Token token) => token switch
    {
        { Kind: not TokenKind.Operator } => null,
        { Text: "not" or "!" } => 50,
        { Text: "-" or "+" } => 90,
        _ => null,
    };

    public static int? BinaryPrecedence(Token token) => token.Kind != TokenKind.Operator ? null : token.Text switch
    {
        Pipe => 0,
        "or" or "||" => 10,
        "and" or "&&" => 15,
        "==" or "!=" or "<" or ">" or ">=" or "<=" => 20,
        "in" or "matches" or "contains" or "startsWith" or "endsWith" => 20,
        ".." => 25,
        "+" or "-" => 30,
        "*" or "/" or "%" => 60,
        "**" or "^" => 100,
        Coalesce => 500,
        _ => null,
    };

    public static bool IsRightAssociative(string operation) => operation is "**" or "^";

    public static bool IsOrdering(Token token) =>
        token.Kind == TokenKind.Operator && token.Text is ("<" or ">" or "<=" or ">=");

    public static bool CanFollowNot(string operation) =>
        operation is "in" or "matches" or "contains" or "startsWith" or "endsWith";
}
