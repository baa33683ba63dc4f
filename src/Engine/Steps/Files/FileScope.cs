using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Waybill.Expressions;

namespace Waybill.Engine.Steps.Files;

/// <summary>What expressions over a file see: its fields as variables, and as Kargo's documentation has it the whole as <c>outputs</c>.</summary>
internal sealed class FileScope : IExpressionScope
{
    private readonly object? _root;
    private readonly IReadOnlyDictionary<string, object?> _fields;

    public FileScope(JsonNode? root)
    {
        _root = ExpressionValue.FromJson(root);
        _fields = _root as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
    }

    public IEnumerable<string> VariableNames => _fields.Keys;

    public IEnumerable<string> FunctionNames => [];

    // As in Kargo a field that is not there is nil, for ?? to give a value in its place.
    public bool TryGetValue(string name, out object? value)
    {
        if (!_fields.TryGetValue(name, out value))
        {
            value = name == "outputs" ? _root : null;
        }

        return true;
    }

    public bool TryGetFunction(string name, [NotNullWhen(true)] out ExpressionFunction? function)
    {
        function = null;
        return false;
    }
}
