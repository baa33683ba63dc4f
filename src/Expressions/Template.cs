using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Templates;
using Waybill.Expressions.Values;

namespace Waybill.Expressions;

/// <summary>A text with expressions in <c>${{ }}</c> or <c>${% %}</c>, typed as Kargo types it.</summary>
/// <remarks>
/// A text without expressions is itself. Otherwise the expressions' values are put in as text (a string as it is, anything
/// else as JSON) and the whole is read back: enclosed in quotes it is the string within, else a number, a bool or JSON if it
/// reads as one, else a string. So <c>${{ 1 + 1 }}</c> is a number, <c>${{ quote(1 + 1) }}</c> a string.
/// </remarks>
public sealed class Template
{
    private readonly IReadOnlyList<TemplateSegment> _segments;

    private Template(string text, IReadOnlyList<TemplateSegment> segments)
    {
        Text = text;
        _segments = segments;
        Variables = Expressions(segments).SelectMany(expression => expression.Variables).ToHashSet(StringComparer.Ordinal);
        Functions = Expressions(segments).SelectMany(expression => expression.Functions).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The text it was parsed from.</summary>
    public string Text { get; }

    /// <summary>Whether the text has an expression in it; without one it evaluates to itself.</summary>
    public bool HasExpressions => _segments.Any(segment => segment.Expression is not null);

    /// <summary>The variables its expressions may look up in their scope.</summary>
    public IReadOnlySet<string> Variables { get; }

    /// <summary>The functions its expressions may call in their scope; the built-in ones are not among them.</summary>
    public IReadOnlySet<string> Functions { get; }

    /// <exception cref="ExpressionSyntaxException">An expression is not one, or does not end.</exception>
    /// <exception cref="ExpressionLimitException">The text is longer or nests deeper than <see cref="ParseLimits"/> allow.</exception>
    public static Template Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return new Template(text, TemplateParser.Parse(text));
    }

    /// <summary>As <see cref="Parse"/>, with the error as a value.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out Template? template,
        [NotNullWhen(false)] out ExpressionException? error)
    {
        try
        {
            (template, error) = (Parse(text), null);

            return true;
        }
        catch (ExpressionException failure)
        {
            (template, error) = (null, failure);

            return false;
        }
    }

    /// <summary>The value in a scope; the template's expressions share the budget.</summary>
    /// <exception cref="ExpressionEvaluationException">An expression cannot be evaluated.</exception>
    /// <exception cref="ExpressionLimitException">The budget ran out.</exception>
    public object? Evaluate(IExpressionScope scope, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!HasExpressions)
        {
            return Text;
        }

        var evaluation = new Evaluation(scope, options ?? EvaluationOptions.Default);
        try
        {
            return TemplateTyping.Read(Render(evaluation), evaluation.Budget);
        }
        catch (Fault fault)
        {
            throw fault.Locate(Text, evaluation.Offset);
        }
    }

    /// <summary>As <see cref="Evaluate"/>, for a field that is text: what would be read as a number or JSON stays the text it is.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public string EvaluateText(IExpressionScope scope, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!HasExpressions)
        {
            return Text;
        }

        var evaluation = new Evaluation(scope, options ?? EvaluationOptions.Default);
        try
        {
            var text = Render(evaluation);
            return TemplateTyping.Read(text, evaluation.Budget) as string ?? text;
        }
        catch (Fault fault)
        {
            throw fault.Locate(Text, evaluation.Offset);
        }
    }

    /// <summary>
    /// A copy of a JSON document with every string in it evaluated as a template; keys stay as they are. Errors say the path.
    /// </summary>
    /// <inheritdoc cref="Evaluate"/>
    public static JsonNode? EvaluateJson(
        JsonNode? document,
        IExpressionScope scope,
        EvaluationOptions? options = null,
        ExpressionCache? cache = null) =>
        new JsonTemplate(scope, options ?? EvaluationOptions.Default, cache).Evaluate(document);

    /// <summary>All syntax errors of the strings of a JSON document, each with its path.</summary>
    public static IReadOnlyList<ExpressionException> CheckJson(JsonNode? document) => JsonTemplate.Check(document);

    private static IEnumerable<Syntax.ParsedExpression> Expressions(IEnumerable<TemplateSegment> segments) =>
        segments.Select(segment => segment.Expression).OfType<Syntax.ParsedExpression>();

    private string Render(Evaluation evaluation)
    {
        var text = new StringBuilder();
        foreach (var segment in _segments)
        {
            if (segment.Expression is null)
            {
                evaluation.Budget.Characters(segment.Length);
                text.Append(Text, segment.Start, segment.Length);
                continue;
            }

            var value = segment.Expression.Evaluate(evaluation);
            evaluation.Perform(segment.Expression.Root.Offset);
            text.Append(value is string characters
                ? evaluation.Budget.Produce(characters)
                : JsonText.Compact(value, evaluation.Budget));
        }

        return text.ToString();
    }
}
