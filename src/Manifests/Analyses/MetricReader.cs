using Waybill.Domain.Analysis;
using Waybill.Expressions;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Analyses;

/// <summary>Reads a metric of an AnalysisTemplate.</summary>
internal static class MetricReader
{
    public static MetricDraft? Read(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var name = fields.Text("name", required: true);
        var schedule = new ScheduleReader(fields);
        var provider = ProviderReader.Read(fields.Take("provider", required: true));
        var metric = new MetricSpec
        {
            Name = name ?? "",
            InitialDelay = schedule.Duration("initialDelay", zeroAllowed: true) ?? TimeSpan.Zero,
            Interval = schedule.Duration("interval", zeroAllowed: false),
            Count = schedule.Number("count", 0) ?? 0,
            SuccessCondition = ReadCondition(fields.Take("successCondition")),
            FailureCondition = ReadCondition(fields.Take("failureCondition")),
            FailureLimit = schedule.Number("failureLimit", -1) ?? 0,
            InconclusiveLimit = schedule.Number("inconclusiveLimit", 0) ?? 0,
            ConsecutiveErrorLimit = schedule.Number("consecutiveErrorLimit", 0) ?? 4,
            ConsecutiveSuccessLimit = schedule.Number("consecutiveSuccessLimit", 0) ?? 0,
            Provider = provider ?? new WebMetric { Url = "" },
            Deferred = schedule.Deferred,
        };
        if (metric.Deferred.Count == 0 && MetricRules.Broken(metric) is { } rule)
        {
            item.Error(rule);
        }

        if (metric is { Interval: not null, EffectiveCount: null, ConsecutiveSuccessLimit: 0 })
        {
            item.Notice("has an interval and no count: it measures until the stage's verification timeout is over, and is successful then if nothing failed");
        }

        var uses = new List<(string Argument, Cursor Cursor)>();
        CollectUses(item, uses);
        return name is null || provider is null ? null : new MetricDraft(metric, item, uses);
    }

    /// <summary>A condition is an expression once its arguments are in; before that, only what can't become one is an error.</summary>
    private static string? ReadCondition(Cursor? field)
    {
        if (field?.Text() is not { Length: > 0 } condition)
        {
            return null;
        }

        string[] standIns = ["0", "=="];
        if (!standIns.Any(s => Expression.TryParse(Placeholders.Replace(condition, _ => s), out _, out var _))
            && !Expression.TryParse(Placeholders.Replace(condition, _ => standIns[0]), out _, out var error))
        {
            field.Error($"not a valid expression: {error.Reason} ({error.Position} of the text)");
        }

        return condition;
    }

    private static void CollectUses(Cursor value, List<(string Argument, Cursor Cursor)> uses)
    {
        switch (value.Node)
        {
            case ScalarNode { Type: ScalarType.Text } scalar:
                foreach (var placeholder in Placeholders.In(scalar.Text))
                {
                    AddUse(value, placeholder, uses);
                }

                break;
            case SequenceNode:
                foreach (var item in value.Items())
                {
                    CollectUses(item, uses);
                }

                break;
            case MappingNode map:
                foreach (var entry in map.Entries)
                {
                    CollectUses(value.At(entry.Key, entry.Value), uses);
                }

                break;
        }
    }

    private static void AddUse(Cursor value, string placeholder, List<(string Argument, Cursor Cursor)> uses)
    {
        if (Placeholders.ArgumentIn(placeholder) is { } argument)
        {
            uses.Add((argument, value));
        }
        else
        {
            value.Error($"{{{{{placeholder}}}}} stands for nothing: write {{{{args.NAME}}}}");
        }
    }
}
