using System.Globalization;
using System.Text;

namespace Waybill.Expressions.JsonPaths;

/// <summary>Reads a path. Every method gives null after it wrote down what is wrong.</summary>
internal sealed partial class PathParser(string text)
{
    private const int MaxLength = 2_000;

    private int _at;
    private bool _hasDescent;

    public string? Error { get; private set; }

    public IReadOnlyList<PathSegment>? ParseWhole()
    {
        if (text.Length > MaxLength)
        {
            return Fail($"is longer than {MaxLength} characters");
        }

        var hasBraces = Skips("{");
        if (text[_at..].TrimStart().StartsWith("range", StringComparison.Ordinal))
        {
            return Fail("range makes a text of many values: select one value instead");
        }

        SkipBlanks();
        _ = Skips("$") || Skips("@");
        var segments = ParseSegments();
        SkipBlanks();
        if (segments is not null && hasBraces && !Skips("}"))
        {
            return Fail("the closing } is missing, or something that is no path stands before it");
        }

        return segments is not null && _at < text.Length ? Fail("something follows the path: only one {…} makes a value") : segments;
    }

    private List<PathSegment>? ParseSegments()
    {
        var segments = new List<PathSegment>();
        while (_at < text.Length && text[_at] is '.' or '[' || (segments.Count == 0 && _at < text.Length && IsNameCharacter(text[_at])))
        {
            if (ParseSegment() is not { } segment)
            {
                return null;
            }

            segments.Add(segment);
        }

        return segments;
    }

    private PathSegment? ParseSegment()
    {
        if (Skips(".."))
        {
            // Each looks at everything within: one is linear, more would multiply.
            if (_hasDescent)
            {
                return FailSegment("only one .. is possible, and none in a filter");
            }

            _hasDescent = true;
            return (_at < text.Length && text[_at] == '[' ? ParseBracket() : ParseName()) is { } inner ? new DescentSegment(inner) : null;
        }

        return text[_at] == '[' || (Skips(".") && _at < text.Length && text[_at] == '[') ? ParseBracket() : ParseName();
    }

    private PathSegment? ParseName()
    {
        if (Skips("*"))
        {
            return new WildcardSegment();
        }

        var name = new StringBuilder();
        while (_at < text.Length && (IsNameCharacter(text[_at]) || text[_at] == '\\'))
        {
            // kubectl writes labels with escaped dots: .metadata.labels.app\.kubernetes\.io/name
            _at += text[_at] == '\\' && _at + 1 < text.Length ? 1 : 0;
            name.Append(text[_at++]);
        }

        return name.Length > 0 ? new FieldSegment(name.ToString()) : FailSegment("a field's name is expected");
    }

    private PathSegment? ParseBracket()
    {
        _at++;
        SkipBlanks();
        if (Skips("?("))
        {
            return ParseFilter();
        }

        var parts = new List<PathSegment>();
        do
        {
            SkipBlanks();
            if (ParsePart() is not { } part)
            {
                return null;
            }

            parts.Add(part);
            SkipBlanks();
        }
        while (Skips(","));

        if (!Skips("]"))
        {
            return FailSegment("the closing ] is missing, or what stands before it is no index, name, * or filter");
        }

        return parts is [var only] ? only : new UnionSegment(parts);
    }

    private PathSegment? ParsePart()
    {
        if (Skips("*"))
        {
            return new WildcardSegment();
        }

        return _at < text.Length && text[_at] is '\'' or '"'
            ? ParseQuoted() is { } name ? new FieldSegment(name) : null
            : ParseIndex();
    }

    private PathSegment? ParseIndex()
    {
        var from = ParseInteger();
        if (!Skips(":"))
        {
            return from is null ? FailSegment("an index is expected") : new IndexSegment(from, null, 1, IsSingle: true);
        }

        var to = ParseInteger();
        var step = Skips(":") ? ParseInteger() ?? 1 : 1;
        return step > 0 ? new IndexSegment(from, to, step, IsSingle: false) : FailSegment("a step must be more than zero");
    }

    private string? ParseQuoted()
    {
        var quote = text[_at];
        var end = text.IndexOf(quote, _at + 1);
        if (end < 0)
        {
            Fail("a quote is not closed");
            return null;
        }

        var inner = text[(_at + 1)..end];
        _at = end + 1;
        return inner;
    }

    private int? ParseInteger()
    {
        var start = _at;
        _at += _at < text.Length && text[_at] == '-' ? 1 : 0;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        return int.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private bool Skips(string token)
    {
        var isThere = text.AsSpan(_at).StartsWith(token, StringComparison.Ordinal);
        _at += isThere ? token.Length : 0;
        return isThere;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '/' or ':';

    private List<PathSegment>? Fail(string reason)
    {
        Error ??= $"{reason} (character {Math.Min(_at, text.Length) + 1} of the text)";
        return null;
    }

    private PathSegment? FailSegment(string reason)
    {
        Fail(reason);
        return null;
    }
}
