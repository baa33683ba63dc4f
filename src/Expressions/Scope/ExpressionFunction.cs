using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions;

/// <summary>A function that expressions can call: pure or looking at the world, given as many arguments as it says it takes.</summary>
/// <remarks>
/// It fails by throwing <see cref="ExpressionFunctionException"/>; a bad cast or argument counts as the same. Anything else
/// it throws is a broken dependency and passes through the evaluator untouched.
/// </remarks>
public sealed class ExpressionFunction
{
    public ExpressionFunction(
        string name,
        int minArguments,
        int maxArguments,
        Func<IReadOnlyList<object?>, object?> invoke)
        : this(name, minArguments, maxArguments, (_, arguments) => invoke(arguments))
    {
    }

    internal ExpressionFunction(
        string name,
        int minArguments,
        int maxArguments,
        Func<Evaluation, object?[], object?> invoke)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(minArguments);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxArguments, minArguments);
        Name = name;
        MinArguments = minArguments;
        MaxArguments = maxArguments;
        Body = invoke;
    }

    /// <summary>The name it is called by.</summary>
    public string Name { get; }

    /// <summary>Fewest arguments it takes.</summary>
    public int MinArguments { get; }

    /// <summary>Most arguments it takes.</summary>
    public int MaxArguments { get; }

    internal Func<Evaluation, object?[], object?> Body { get; }

    internal object? Call(Evaluation evaluation, object?[] arguments)
    {
        if (arguments.Length < MinArguments || arguments.Length > MaxArguments)
        {
            throw new Fault(Arity.Describe(Name, MinArguments, MaxArguments, arguments.Length));
        }

        try
        {
            return ValueImport.Import(Body(evaluation, arguments), evaluation.Budget);
        }
        catch (Exception failure) when (failure
            is ExpressionFunctionException or InvalidCastException or ArgumentException or FormatException)
        {
            throw new Fault($"{Name}: {failure.Message}", cause: failure);
        }
    }
}
