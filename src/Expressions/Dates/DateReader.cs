namespace Waybill.Expressions.Dates;

/// <summary>Takes the fields of a date off a text, front to back.</summary>
internal sealed class DateReader(string text)
{
    private int _index;

    public bool AtEnd => _index == text.Length;

    public char Peek => AtEnd ? '\0' : text[_index];

    private ReadOnlySpan<char> Rest => text.AsSpan(_index);

    /// <summary>A number of exactly, or of up to, so many digits; null when there is none.</summary>
    public int? Digits(int most, bool exactly)
    {
        var count = 0;
        var value = 0;
        while (count < most && _index < text.Length && char.IsAsciiDigit(text[_index]))
        {
            value = value * 10 + (text[_index++] - '0');
            count++;
        }

        return count == 0 || (exactly && count < most) ? null : value;
    }

    /// <summary>Which of some names comes next, in any case; null when none.</summary>
    public int? OneOf(IReadOnlyList<string> names)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (Rest.StartsWith(names[index], StringComparison.OrdinalIgnoreCase))
            {
                _index += names[index].Length;

                return index;
            }
        }

        return null;
    }

    public bool Accept(string expected)
    {
        if (!Rest.StartsWith(expected))
        {
            return false;
        }

        _index += expected.Length;

        return true;
    }

    /// <summary>A layout's own text, in which one run of spaces stands for any.</summary>
    public bool Literal(string literal)
    {
        for (var index = 0; index < literal.Length; index++)
        {
            if (literal[index] == ' ')
            {
                if (!AtEnd && Peek != ' ')
                {
                    return false;
                }

                SkipSpaces();
                index += literal.AsSpan(index).IndexOfAnyExcept(' ') is var run && run < 0 ? literal.Length : run - 1;
            }
            else if (AtEnd || text[_index++] != literal[index])
            {
                return false;
            }
        }

        return true;
    }

    public void SkipSpaces()
    {
        while (Peek == ' ')
        {
            _index++;
        }
    }

    /// <summary>Digits after a point or comma as ticks; null when there is no fraction here.</summary>
    public long? Fraction(int? exactly = null)
    {
        if (Peek is not ('.' or ',') || Rest.Length < 2 || !char.IsAsciiDigit(Rest[1]))
        {
            return null;
        }

        var run = Rest[1..].IndexOfAnyExceptInRange('0', '9');
        var digits = Rest.Slice(1, run < 0 ? Rest.Length - 1 : run);
        if (exactly is not null && digits.Length != exactly)
        {
            return null;
        }

        _index += 1 + digits.Length;
        var ticks = 0L;
        for (var index = 0; index < 7; index++)
        {
            ticks = ticks * 10 + (index < digits.Length ? digits[index] - '0' : 0);
        }

        return ticks;
    }

    /// <summary>An upper-case abbreviation of a zone; null when there is none.</summary>
    public string? ZoneName()
    {
        var run = Rest.IndexOfAnyExceptInRange('A', 'Z');
        var length = run < 0 ? Rest.Length : run;
        if (length is < 3 or > 5)
        {
            return null;
        }

        var name = Rest[..length].ToString();
        _index += length;

        return name;
    }
}
