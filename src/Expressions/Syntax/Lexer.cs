using System.Text;

namespace Waybill.Expressions.Syntax;

/// <summary>Splits an expression's text into tokens.</summary>
internal sealed partial class Lexer
{
    public const string OpenComment = "unclosed comment";
    public const string OpenString = "string not terminated";

    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _index;

    private Lexer(SourceText source)
    {
        _source = source;
        _text = source.Text;
        _index = source.Start;
    }

    public static List<Token> Tokenize(SourceText source)
    {
        var lexer = new Lexer(source);
        while (lexer._index < source.End)
        {
            lexer.Next();
        }

        lexer._tokens.Add(new Token(TokenKind.End, "", source.End));

        return lexer._tokens;
    }

    private char Current => Peek(0);

    private char Peek(int ahead) => _index + ahead < _source.End ? _text[_index + ahead] : '\0';

    private void Next()
    {
        var character = Current;
        if (char.IsWhiteSpace(character))
        {
            _index++;
        }
        else if (character is '\'' or '"')
        {
            QuotedString();
        }
        else if (character == '`')
        {
            RawString();
        }
        else if (character is 'b' or 'B' && Peek(1) is ('\'' or '"'))
        {
            BytesLiteral();
        }
        else if (char.IsAsciiDigit(character) || (character == '.' && char.IsAsciiDigit(Peek(1))))
        {
            Number();
        }
        else if (character == '/' && Peek(1) is ('/' or '*'))
        {
            Comment();
        }
        else if (Identifiers.LengthAt(_text, _index, _source.End) is var length and > 0)
        {
            Word(length);
        }
        else
        {
            Symbol();
        }
    }

    private void Word(int length)
    {
        var word = _text.Substring(_index, length);
        Add(Operators.IsWord(word) ? TokenKind.Operator : TokenKind.Identifier, word, length);
    }

    private void Symbol()
    {
        var (kind, length) = (Current, Peek(1)) switch
        {
            ('(' or ')' or '[' or ']' or '{' or '}', _) => (TokenKind.Bracket, 1),
            ('?', '.') or ('?', '?') or ('|', '|') or (':', ':') or ('.', '.') => (TokenKind.Operator, 2),
            ('&', '&') or ('=', '=') or ('*', '*') => (TokenKind.Operator, 2),
            ('!' or '<' or '>', '=') => (TokenKind.Operator, 2),
            ('?' or '|' or ':' or '.' or '!' or '=' or '*' or '<' or '>', _) => (TokenKind.Operator, 1),
            (',' or ';' or '%' or '+' or '-' or '^' or '/' or '#', _) => (TokenKind.Operator, 1),
            _ => throw _source.Error(_index, $"unrecognized character {Describe()}"),
        };
        Add(kind, _text.Substring(_index, length), length);
    }

    private string Describe()
    {
        Rune.DecodeFromUtf16(_text.AsSpan(_index, _source.End - _index), out var rune, out _);

        return Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : $"'{rune}'";
    }

    private void Comment()
    {
        var isLine = Peek(1) == '/';
        var length = _source.End - _index;
        var end = isLine
            ? _text.IndexOf('\n', _index, length)
            : _text.IndexOf("*/", _index + 2, length - 2, StringComparison.Ordinal);
        if (end < 0 && !isLine)
        {
            throw _source.Error(_index, OpenComment);
        }

        _index = end < 0 ? _source.End : end + (isLine ? 1 : 2);
    }

    private void Add(TokenKind kind, string text, int length)
    {
        _tokens.Add(new Token(kind, text, _index));
        _index += length;
    }
}
