using System.Globalization;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Analyses;

/// <summary>Reads the numbers and durations of a metric. One that is an argument is known only when a run starts.</summary>
internal sealed class ScheduleReader(MapReader fields)
{
    private readonly Dictionary<string, string> _deferred = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Deferred => _deferred;

    public int? Number(string name, int min)
    {
        if (fields.Take(name) is not { } field || Defer(name, field))
        {
            return null;
        }

        // As in Kubernetes' IntOrString, a number may stand in quotes.
        if (field.Node is ScalarNode { Type: ScalarType.Text } text && int.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            if (number < min)
            {
                field.Error($"must be at least {min}, got {number}");
            }

            return number;
        }

        return field.Integer(min, int.MaxValue);
    }

    public TimeSpan? Duration(string name, bool zeroAllowed) =>
        fields.Take(name) is { } field && !Defer(name, field) && field is not { Node: ScalarNode { Text: "" } } ? field.Duration(zeroAllowed) : null;

    private bool Defer(string name, Cursor field)
    {
        if (field.Node is not ScalarNode { Type: ScalarType.Text } scalar || !scalar.Text.Contains("{{", StringComparison.Ordinal))
        {
            return false;
        }

        _deferred[name] = scalar.Text;
        return true;
    }
}
