using System.Diagnostics.CodeAnalysis;

namespace Waybill.Expressions;

/// <summary>An immutable set of variables and functions, seen before those of an enclosing scope.</summary>
public sealed class ExpressionScope : IExpressionScope
{
    public static readonly ExpressionScope Empty = new Builder().Build();

    private readonly IExpressionScope? _outer;
    private readonly Dictionary<string, object?> _variables;
    private readonly Dictionary<string, ExpressionFunction> _functions;

    private ExpressionScope(
        IExpressionScope? outer,
        Dictionary<string, object?> variables,
        Dictionary<string, ExpressionFunction> functions)
    {
        _outer = outer;
        _variables = variables;
        _functions = functions;
    }

    public IEnumerable<string> VariableNames => _variables.Keys.Union(_outer?.VariableNames ?? []);

    public IEnumerable<string> FunctionNames => _functions.Keys.Union(_outer?.FunctionNames ?? []);

    public bool TryGetValue(string name, out object? value)
    {
        if (_variables.TryGetValue(name, out value))
        {
            return true;
        }

        return _outer is not null && _outer.TryGetValue(name, out value);
    }

    public bool TryGetFunction(string name, [NotNullWhen(true)] out ExpressionFunction? function)
    {
        if (_functions.TryGetValue(name, out function))
        {
            return true;
        }

        return _outer is not null && _outer.TryGetFunction(name, out function);
    }

    /// <summary>Collects the variables and functions of a scope; each name is said once.</summary>
    public sealed class Builder(IExpressionScope? outer = null)
    {
        private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ExpressionFunction> _functions = new(StringComparer.Ordinal);

        /// <summary>Adds a variable of any kind <see cref="ExpressionValue.From"/> takes; it refuses others by name.</summary>
        public Builder Variable(string name, object? value)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            try
            {
                _variables.Add(name, ExpressionValue.From(value));
            }
            catch (ExpressionFunctionException unsupported)
            {
                throw new ArgumentException($"Variable {name}: {unsupported.Message}", nameof(value), unsupported);
            }

            return this;
        }

        /// <summary>Adds a function; a built-in function's name is refused, because the built-in one would answer.</summary>
        public Builder Function(ExpressionFunction function)
        {
            ArgumentNullException.ThrowIfNull(function);
            if (Builtins.BuiltinTable.IsBuiltin(function.Name))
            {
                throw new ArgumentException($"{function.Name} is a built-in function.", nameof(function));
            }

            _functions.Add(function.Name, function);

            return this;
        }

        /// <summary>Adds a function by its parts, see <see cref="ExpressionFunction"/>.</summary>
        public Builder Function(
            string name,
            int minArguments,
            int maxArguments,
            Func<IReadOnlyList<object?>, object?> invoke) =>
            Function(new ExpressionFunction(name, minArguments, maxArguments, invoke));

        /// <summary>Adds a family of functions, such as <see cref="KargoFunctions.All"/>.</summary>
        public Builder Functions(IEnumerable<ExpressionFunction> functions)
        {
            ArgumentNullException.ThrowIfNull(functions);
            foreach (var function in functions)
            {
                Function(function);
            }

            return this;
        }

        public ExpressionScope Build() => new(outer, new(_variables), new(_functions));
    }
}
