using Waybill.Domain.Analysis;
using Waybill.Manifests.Documents;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Analyses;

/// <summary>Reads the arguments that a template declares and those that a stage gives.</summary>
internal static class ArgumentReader
{
    /// <summary>A template's <c>args</c>: with a value, a secret's key, or neither.</summary>
    public static IReadOnlyList<ArgumentDraft> ReadDeclared(IReadOnlyList<Cursor> items) => Distinct(items, ReadDeclaration);

    /// <summary>A stage's <c>verification.args</c>: values with expressions.</summary>
    public static IReadOnlyList<ArgumentDraft> ReadGiven(IReadOnlyList<Cursor> items) => Distinct(items, ReadGift);

    private static List<ArgumentDraft> Distinct(IReadOnlyList<Cursor> items, Func<MapReader, AnalysisArgument?> read)
    {
        var arguments = new List<ArgumentDraft>();
        foreach (var item in items)
        {
            if (item.Map() is not { } found)
            {
                continue;
            }

            using var fields = found;
            if (read(fields) is not { } argument)
            {
                continue;
            }

            if (arguments.Exists(a => a.Argument.Name == argument.Name))
            {
                item.Error($"duplicate argument {argument.Name}");
            }

            arguments.Add(new ArgumentDraft(argument, item));
        }

        return arguments;
    }

    private static AnalysisArgument? ReadDeclaration(MapReader fields)
    {
        var name = fields.Text("name", required: true);
        var value = fields.Take("value");
        var from = fields.Take("valueFrom");
        if (value is not null && from is not null)
        {
            fields.Cursor.Error("value and valueFrom exclude each other");
        }

        var secret = from is null ? null : ReadValueFrom(from);
        return name is null ? null : new AnalysisArgument(name, value?.Text(), secret);
    }

    private static SecretKeyReference? ReadValueFrom(Cursor from)
    {
        if (from.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        fields.Refuse("fieldRef", "Waybill verifies stages, which have no fields of a Rollout: give the value in the stage's verification.args");
        if (fields.Map("secretKeyRef", required: true) is not { } reference)
        {
            return null;
        }

        using var secret = reference;
        var (name, key) = (secret.Text("name", required: true), secret.Text("key", required: true));
        return name is null || key is null ? null : new SecretKeyReference(name, key);
    }

    private static AnalysisArgument? ReadGift(MapReader fields)
    {
        var name = fields.Text("name", required: true);
        var value = fields.Take("value", required: true);
        if (value is not null)
        {
            ExpressionFields.CheckTemplates(value);
        }

        var text = value?.Text();
        return name is null || text is null ? null : new AnalysisArgument(name, text);
    }
}
