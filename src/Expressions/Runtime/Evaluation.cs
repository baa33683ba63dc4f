namespace Waybill.Expressions.Runtime;

/// <summary>The state of one evaluation: where it is, what it sees, what it may still use.</summary>
internal sealed class Evaluation(IExpressionScope scope, EvaluationOptions options)
{
    public IExpressionScope Scope { get; } = scope;

    public EvaluationOptions Options { get; } = options;

    public Budget Budget { get; } = new(options.Limits);

    /// <summary>Values of the expression's <c>let</c> variables by slot.</summary>
    public object?[] Locals { get; set; } = [];

    /// <summary>The innermost predicate's iteration, which <c>#</c> reads.</summary>
    public Iteration? Iteration { get; set; }

    /// <summary>Where the operation being performed stands; what a fault is blamed on.</summary>
    public int Offset { get; private set; }

    /// <summary>Patterns that were not literals, compiled once an evaluation.</summary>
    public Dictionary<string, Patterns.TextPattern> Patterns { get; } = new(StringComparer.Ordinal);

    public void Perform(int offset)
    {
        Budget.Step();
        Offset = offset;
    }

    public bool TryGetVariable(string name, out object? value)
    {
        if (!Scope.TryGetValue(name, out value))
        {
            return false;
        }

        // ExpressionScope holds checked values only; another implementation may hold anything.
        if (Scope is not ExpressionScope)
        {
            value = Checked(name, value);
        }

        return true;
    }

    private object? Checked(string name, object? value)
    {
        try
        {
            return Values.ValueImport.Import(value, Budget);
        }
        catch (ExpressionFunctionException unsupported)
        {
            throw new Fault($"variable {name}: {unsupported.Message}", cause: unsupported);
        }
    }
}
