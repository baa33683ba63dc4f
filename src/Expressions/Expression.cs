using System.Diagnostics.CodeAnalysis;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Syntax;
using Waybill.Expressions.Values;

namespace Waybill.Expressions;

/// <summary>A parsed expression of the expr-lang language; immutable, evaluated any number of times from any thread.</summary>
public sealed class Expression
{
    private readonly ParsedExpression _parsed;

    private Expression(ParsedExpression parsed) => _parsed = parsed;

    /// <summary>The text it was parsed from.</summary>
    public string Text => _parsed.Source.Text;

    /// <summary>The variables it may look up in its scope.</summary>
    public IReadOnlySet<string> Variables => _parsed.Variables;

    /// <summary>The functions it may call in its scope; the built-in ones are not among them.</summary>
    public IReadOnlySet<string> Functions => _parsed.Functions;

    /// <exception cref="ExpressionSyntaxException">The text is not an expression.</exception>
    /// <exception cref="ExpressionLimitException">The text is longer or nests deeper than <see cref="ParseLimits"/> allow.</exception>
    public static Expression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return new Expression(Parser.Parse(SourceText.Whole(text)));
    }

    /// <summary>As <see cref="Parse"/>, with the error as a value.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out Expression? expression,
        [NotNullWhen(false)] out ExpressionException? error)
    {
        try
        {
            (expression, error) = (Parse(text), null);

            return true;
        }
        catch (ExpressionException failure)
        {
            (expression, error) = (null, failure);

            return false;
        }
    }

    /// <summary>The value in a scope, of the kinds <see cref="ExpressionValue"/> lists.</summary>
    /// <exception cref="ExpressionEvaluationException">A name is unknown, a type is wrong, a function failed.</exception>
    /// <exception cref="ExpressionLimitException">The budget ran out.</exception>
    public object? Evaluate(IExpressionScope scope, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var evaluation = new Evaluation(scope, options ?? EvaluationOptions.Default);
        try
        {
            return ValueExport.Export(_parsed.Evaluate(evaluation), evaluation.Budget);
        }
        catch (Fault fault)
        {
            throw fault.Locate(Text, evaluation.Offset);
        }
    }

    /// <summary>The truth of a condition; a value that is no bool is an error.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public bool EvaluateCondition(IExpressionScope scope, EvaluationOptions? options = null)
    {
        var value = Evaluate(scope, options);

        return value is bool truth
            ? truth
            : throw new ExpressionEvaluationException(
                ErrorPlace.In(Text, _parsed.Root.Offset),
                $"expected the condition to be a bool, got {ValueKind.Name(value)}");
    }
}
