using Waybill.Manifests.Documents;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Steps;

/// <summary>Compares a step's configuration with its schema.</summary>
internal static class ConfigChecker
{
    public static void Check(Cursor value, ConfigShape shape)
    {
        if (shape is NoEffectShape useless)
        {
            value.Notice(useless.Why);
            return;
        }

        if (value.IsTemplate)
        {
            return;
        }

        switch (shape)
        {
            case ObjectShape fields:
                CheckObject(value, fields);
                break;
            case ListShape list:
                CheckList(value, list);
                break;
            case TextShape when value.Text() is "":
                value.Error("must not be empty");
                break;
            case ExpressionShape:
                ExpressionFields.CheckBare(value);
                break;
            case FlagShape:
                value.Flag();
                break;
            case DurationShape:
                value.Duration();
                break;
            case IntegerShape range:
                value.Integer(range.Min, range.Max);
                break;
            case ChoiceShape { Otherwise: { } otherwise } only when value.Node is ScalarNode { Text: var text } && !only.Values.Contains(text):
                value.Error($"not supported: {otherwise}");
                break;
            case ChoiceShape choice:
                value.OneOf(choice.Values);
                break;
        }
    }

    private static void CheckObject(Cursor value, ObjectShape shape)
    {
        if (value.Map() is not { } found)
        {
            return;
        }

        using var fields = found;
        var set = CheckFields(fields, shape);
        if (shape.IsOpen)
        {
            fields.TakeAll();
        }

        if (!shape.MayBeEmpty && value.Node is MappingNode { Entries.Count: 0 })
        {
            value.Error("must have at least one field");
        }

        if (shape.Rule?.Invoke(set) is { } broken)
        {
            value.Error(broken);
        }
    }

    private static HashSet<string> CheckFields(MapReader fields, ObjectShape shape)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, instead) in shape.Refused)
        {
            fields.Refuse(name, instead);
        }

        foreach (var (name, fieldShape) in shape.Fields)
        {
            if (fields.Take(name, shape.Required.Contains(name)) is { } field)
            {
                set.Add(name);
                Check(field, fieldShape);
            }
        }

        return set;
    }

    private static void CheckList(Cursor value, ListShape list)
    {
        if (!list.MayBeEmpty && value.Node is SequenceNode { Items.Count: 0 })
        {
            value.Error("must have at least one item");
        }

        foreach (var item in value.Items())
        {
            Check(item, list.Item);
        }
    }
}
