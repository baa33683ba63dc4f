namespace Waybill.Expressions;

/// <summary>What is wrong with an expression or its evaluation, where it is, and the line with a caret under the place.</summary>
public abstract class ExpressionException : Exception
{
    private protected ExpressionException(ErrorPlace place, string reason, Exception? cause)
        : base(place.Describe(reason), cause)
    {
        Place = place;
        Reason = reason;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>The character the error is about, counted in the whole expression or template text.</summary>
    public TextPosition Position => Place.Position;

    /// <summary>The line with a caret under the character; empty when the text has nothing to show.</summary>
    public string Snippet => Place.Snippet;

    /// <summary>The JSON path of the string the expression stands in, such as <c>$.steps[0].url</c>; null outside JSON.</summary>
    public string? Path => Place.Path;

    private protected ErrorPlace Place { get; }

    /// <summary>The same error, said to be about the string at a JSON path.</summary>
    internal abstract ExpressionException At(string path);
}

/// <summary>The text is not an expression.</summary>
public sealed class ExpressionSyntaxException : ExpressionException
{
    internal ExpressionSyntaxException(ErrorPlace place, string reason, Exception? cause = null)
        : base(place, reason, cause)
    {
    }

    internal override ExpressionException At(string path) =>
        new ExpressionSyntaxException(Place with { Path = path }, Reason, this);
}

/// <summary>A well-formed expression that cannot be evaluated: an unknown name, a wrong type, an index out of range.</summary>
public sealed class ExpressionEvaluationException : ExpressionException
{
    internal ExpressionEvaluationException(ErrorPlace place, string reason, Exception? cause = null)
        : base(place, reason, cause)
    {
    }

    internal override ExpressionException At(string path) =>
        new ExpressionEvaluationException(Place with { Path = path }, Reason, this);
}

/// <summary>An expression that asks for more than its budget of steps, elements, characters or nesting.</summary>
public sealed class ExpressionLimitException : ExpressionException
{
    internal ExpressionLimitException(ErrorPlace place, string limit, string reason, Exception? cause = null)
        : base(place, reason, cause)
    {
        Limit = limit;
    }

    /// <summary>The limit's name as in <see cref="EvaluationLimits"/> or <see cref="ParseLimits"/>, such as <c>MaxSteps</c>.</summary>
    public string Limit { get; }

    internal override ExpressionException At(string path) =>
        new ExpressionLimitException(Place with { Path = path }, Limit, Reason, this);
}
