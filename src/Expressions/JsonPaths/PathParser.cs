using System.Globalization;
using System.Text;

namespace Waybill.Expressions.JsonPaths;

/// <summary>Reads a path. Every method gives null after it wrote down what is wrong.</summary>
internal sealed class PathParser(string text)
{
    private const int MaxLength = 2_000;
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];

    private int _at;

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

    private PathSegment? ParseFilter()
    {
        if (ParseOperand() is not { } left)
        {
            return null;
        }

        SkipBlanks();
        var comparison = Operators.FirstOrDefault(Skips);
        var right = comparison is null ? null : ParseOperand();
        if (comparison is not null && right is null)
        {
            return null;
        }

        SkipBlanks();
        return Skips(")]") ? new FilterSegment(left, comparison, right) : FailSegment("a filter is one comparison in [?( )], such as [?(@.name == \"x\")]");
    }

    private FilterOperand? ParseOperand()
    {
        SkipBlanks();
        if (_at < text.Length && text[_at] is '@' or '$')
        {
            var isFromRoot = text[_at++] == '$';
            return ParseSegments() is { } path ? new FilterOperand(path, isFromRoot, null) : null;
        }

        if (_at < text.Length && text[_at] is '\'' or '"')
        {
            return ParseQuoted() is { } constant ? new FilterOperand(null, false, constant) : null;
        }

        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '-' or '+' or '.'))
        {
            _at++;
        }

        return ParseConstant(text[start.._at]);
    }

    private FilterOperand? ParseConstant(string word)
    {
        if (word is "true" or "false")
        {
            return new FilterOperand(null, false, word is "true");
        }

        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return new FilterOperand(null, false, number);
        }

        Fail("a filter compares @ or $ paths, texts in quotes, numbers, true and false");
        return null;
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
