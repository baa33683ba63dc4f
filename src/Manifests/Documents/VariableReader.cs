using System.Text.RegularExpressions;
using Waybill.Domain.Pipelines;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>Reads <c>vars</c>.</summary>
internal static partial class VariableReader
{
    public static IReadOnlyList<Variable> Read(MapReader owner)
    {
        var variables = new List<Variable>();
        foreach (var item in owner.Items("vars"))
        {
            if (ReadOne(item) is not { } variable)
            {
                continue;
            }

            if (variables.Any(v => v.Name == variable.Name))
            {
                item.Error($"duplicate variable {variable.Name}");
            }

            variables.Add(variable);
        }

        return variables;
    }

    private static Variable? ReadOne(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var name = fields.Take("name", required: true);
        var value = fields.Take("value");
        if (value is not null)
        {
            ExpressionFields.CheckTemplates(value);
        }

        var text = value?.Text() ?? "";
        return ReadName(name) is { } read ? new Variable(read, text) : null;
    }

    private static string? ReadName(Cursor? field)
    {
        if (field?.Text() is not { } name)
        {
            return null;
        }

        if (VariableName().IsMatch(name))
        {
            return name;
        }

        field.Error($"{Cursor.Quoted(name)} is not a variable's name: use letters, digits and _, not starting with a digit");
        return null;
    }

    [GeneratedRegex(@"\A[a-zA-Z_][a-zA-Z0-9_]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex VariableName();
}
