using System.Globalization;

namespace Waybill.Expressions.JsonPaths;

/// <content>Filters.</content>
internal sealed partial class PathParser
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];

    private PathSegment? ParseFilter()
    {
        var hadDescent = _hasDescent;
        _hasDescent = true;
        var filter = ParseComparison();
        _hasDescent = hadDescent;
        return filter;
    }

    private PathSegment? ParseComparison()
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
}
