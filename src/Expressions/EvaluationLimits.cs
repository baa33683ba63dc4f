namespace Waybill.Expressions;

/// <summary>How much one evaluation may use; passing any of these ends it with an <see cref="ExpressionLimitException"/>.</summary>
public sealed record EvaluationLimits
{
    public static readonly EvaluationLimits Default = new();

    /// <summary>Nodes evaluated, elements visited, and long strings scanned, together; the default takes a fraction of a second.</summary>
    public long MaxSteps { get; init; } = 5_000_000;

    /// <summary>Elements of all arrays and maps produced on the way, as expr-lang's own memory budget counts them.</summary>
    public long MaxElements { get; init; } = 1_000_000;

    /// <summary>UTF-16 characters of all strings produced on the way.</summary>
    public long MaxCharacters { get; init; } = 2_000_000;
}

/// <summary>What a text may ask of the parser, whoever wrote it.</summary>
public static class ParseLimits
{
    /// <summary>UTF-16 characters of an expression; the template around it may be longer.</summary>
    public const int MaxLength = 65_536;

    /// <summary>Brackets, unary operators, conditions and declarations within each other.</summary>
    public const int MaxNesting = 200;

    /// <summary>Operators and member accesses in one chain, which make a tree as high as the chain is long.</summary>
    public const int MaxChain = 1_000;

    /// <summary>Arrays and maps within each other, in documents read and values produced.</summary>
    public const int MaxValueDepth = 200;
}
