namespace Waybill.Expressions;

/// <summary>The variables and functions an expression can see.</summary>
public interface IExpressionScope
{
    /// <summary>Names of the variables, for <c>$env</c> and for suggesting a near one.</summary>
    IEnumerable<string> VariableNames { get; }

    /// <summary>Names of the functions, for suggesting a near one.</summary>
    IEnumerable<string> FunctionNames { get; }

    /// <summary>The value of a variable, of any kind <see cref="ExpressionValue.From"/> takes.</summary>
    bool TryGetValue(string name, out object? value);

    /// <summary>The function of a name; the built-in ones are not asked for and cannot be replaced.</summary>
    bool TryGetFunction(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ExpressionFunction? function);
}
