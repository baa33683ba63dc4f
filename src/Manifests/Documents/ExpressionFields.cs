using Waybill.Expressions;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Documents;

/// <summary>Checks that expressions can be read; what they mean is only known in a promotion.</summary>
internal static class ExpressionFields
{
    /// <summary>Every text within a value, at any depth, as a template.</summary>
    public static void CheckTemplates(Cursor value)
    {
        switch (value.Node)
        {
            case ScalarNode scalar when value.IsTemplate:
                if (!Template.TryParse(scalar.Text, out _, out var error))
                {
                    Report(value, error);
                }

                break;
            case SequenceNode:
                foreach (var item in value.Items())
                {
                    CheckTemplates(item);
                }

                break;
            case MappingNode map:
                foreach (var entry in map.Entries)
                {
                    CheckTemplates(value.At(entry.Key, entry.Value));
                }

                break;
        }
    }

    /// <summary>A condition: a template, or an expression without braces around it.</summary>
    public static string? ReadCondition(Cursor? field)
    {
        if (field?.Text() is not { Length: > 0 } condition)
        {
            return null;
        }

        if (field.IsTemplate)
        {
            CheckTemplates(field);
        }
        else
        {
            CheckBare(field);
        }

        return condition;
    }

    /// <summary>A text that is an expression as a whole.</summary>
    public static void CheckBare(Cursor value)
    {
        if (value.Text() is { } text && !Expression.TryParse(text, out _, out var error))
        {
            Report(value, error);
        }
    }

    private static void Report(Cursor value, ExpressionException error) =>
        value.Error($"not a valid expression: {error.Reason} ({error.Position} of the text)");
}
