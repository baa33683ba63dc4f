namespace Waybill.Expressions.Runtime;

/// <summary>What is left of an evaluation's limits; running out of any raises a fault naming it.</summary>
internal sealed class Budget(EvaluationLimits limits)
{
    // Scanning a string is vectorised, so a step pays for this many characters of it.
    private const int CharactersPerStep = 64;

    private long _steps = limits.MaxSteps;
    private long _elements = limits.MaxElements;
    private long _characters = limits.MaxCharacters;

    public void Step()
    {
        if (--_steps < 0)
        {
            throw OutOfSteps();
        }
    }

    public void Steps(long count)
    {
        _steps -= count;
        if (_steps < 0)
        {
            throw OutOfSteps();
        }
    }

    public void Elements(long count)
    {
        _elements -= count;
        if (_elements < 0)
        {
            throw Fault.Limit(
                nameof(EvaluationLimits.MaxElements),
                $"the expression produces more than {limits.MaxElements} elements (MaxElements)");
        }
    }

    public void Characters(long count)
    {
        _characters -= count;
        if (_characters < 0)
        {
            throw Fault.Limit(
                nameof(EvaluationLimits.MaxCharacters),
                $"the expression produces more than {limits.MaxCharacters} characters (MaxCharacters)");
        }
    }

    /// <summary>Faults when a string still being built is already longer than what is left.</summary>
    public void EnsureCharacters(long count)
    {
        if (count > _characters)
        {
            Characters(count);
        }
    }

    public string Produce(string text)
    {
        Characters(text.Length);

        return text;
    }

    public void Scan(string text)
    {
        if (text.Length >= CharactersPerStep)
        {
            Steps(text.Length / CharactersPerStep);
        }
    }

    /// <summary>Pays for looking for a string in another, whose worst case is the product of their lengths.</summary>
    public void Search(string text, string pattern)
    {
        Scan(text);
        var positions = Math.Max(0, text.Length - pattern.Length + 1L);
        Steps(positions * pattern.Length / (CharactersPerStep * 16));
    }

    private Fault OutOfSteps() =>
        Fault.Limit(
            nameof(EvaluationLimits.MaxSteps),
            $"the expression takes more than {limits.MaxSteps} steps (MaxSteps)");
}
