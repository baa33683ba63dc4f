using System.Text.RegularExpressions;
using Waybill.Domain.Pipelines;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Steps;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Documents;

/// <summary>Reads the steps of a stage or a task.</summary>
internal sealed partial class StepReader(IReadOnlyDictionary<string, StepSchema> schemas)
{
    private const int MaxErrorThreshold = 1_000;

    public IReadOnlyList<StepDraft> Read(IReadOnlyList<Cursor> items, bool mayReferToTasks)
    {
        var steps = new List<StepDraft>();
        for (var i = 0; i < items.Count; i++)
        {
            if (ReadOne(items[i], i + 1, mayReferToTasks) is not { } step)
            {
                continue;
            }

            if (steps.Find(s => s.Step.As == step.Step.As) is { } other)
            {
                items[i].Error($"duplicate alias {step.Step.As}: the step in line {other.Cursor.Node.Line} has it already");
            }

            steps.Add(step);
        }

        return steps;
    }

    private StepDraft? ReadOne(Cursor item, int number, bool mayReferToTasks)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var uses = fields.Take("uses");
        var task = fields.Take("task");
        if (mayReferToTasks ? uses is null == task is null : uses is null || task is not null)
        {
            item.Error(mayReferToTasks ? "exactly one of uses and task is required" : "uses is required: a task's step cannot refer to another task");
        }

        return task is not null && mayReferToTasks ? ReadReference(item, fields, task, number) : ReadStep(item, fields, uses, number);
    }

    private static StepDraft ReadReference(Cursor item, MapReader fields, Cursor task, int number)
    {
        foreach (var name in new[] { "if", "config", "continueOnError", "retry" })
        {
            fields.Refuse(name, "a reference to a task has none of its own; write it in the task's steps");
        }

        var step = new PromotionStep { Uses = "", As = ReadAlias(fields) ?? $"task-{number}", Vars = VariableReader.Read(fields) };
        return new StepDraft(step, task, ReadTaskName(task) ?? "");
    }

    private static string? ReadTaskName(Cursor task)
    {
        if (task.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var name = fields.Take("name", required: true);
        if (fields.Take("kind") is { } kind && kind.OneOf(["PromotionTask", "ClusterPromotionTask"]) is "ClusterPromotionTask")
        {
            kind.Error($"not supported: {Kinds.Unsupported["ClusterPromotionTask"]}");
            return null;
        }

        return MetadataReader.ReadName(name);
    }

    private StepDraft ReadStep(Cursor item, MapReader fields, Cursor? uses, int number)
    {
        var kind = uses?.Text() ?? "";
        var config = fields.Take("config");
        var step = new PromotionStep
        {
            Uses = kind,
            As = ReadAlias(fields) ?? $"step-{number}",
            If = ExpressionFields.ReadCondition(fields.Take("if")),
            ContinueOnError = fields.Flag("continueOnError"),
            Retry = ReadRetry(fields.Take("retry")),
            Vars = VariableReader.Read(fields),
            Config = config?.Node is MappingNode map ? map.ToJson() : [],
        };

        if (uses is not null && kind.Length > 0)
        {
            CheckConfig(item, uses, kind, config);
        }

        return new StepDraft(step, item);
    }

    private void CheckConfig(Cursor item, Cursor uses, string kind, Cursor? config)
    {
        if (!schemas.TryGetValue(kind, out var schema))
        {
            uses.Error(KargoSteps.InsteadOf(kind) is { } instead
                ? $"step {kind} is not supported: {instead}"
                : $"unknown step {Cursor.Quoted(kind)}{Suggestion.For(kind, schemas.Keys)}");
            return;
        }

        if (config is null)
        {
            // An empty configuration in the step's place, so that what it lacks is reported there.
            config = item with { Node = new MappingNode([], item.Node.Line, item.Node.Column), Path = $"{item.Path}.config" };
        }

        ConfigChecker.Check(config, schema.Config);
        ExpressionFields.CheckTemplates(config);
    }

    private static string? ReadAlias(MapReader fields)
    {
        if (fields.Take("as") is not { } field || field.Text()?.Trim() is not { Length: > 0 } alias)
        {
            return null;
        }

        if (ReservedAlias().IsMatch(alias))
        {
            field.Error($"{alias} is reserved for steps without an alias");
        }
        else if (alias.Contains("::", StringComparison.Ordinal))
        {
            field.Error(":: separates a task's alias from its step's");
        }

        return alias;
    }

    private static RetryPolicy ReadRetry(Cursor? retry)
    {
        if (retry?.Map() is not { } found)
        {
            return RetryPolicy.Default;
        }

        using var fields = found;
        var timeout = fields.Take("timeout");
        var duration = timeout?.Duration(zeroAllowed: true);
        if (duration == TimeSpan.Zero)
        {
            timeout!.Notice("zero is the step's own default here: in Waybill no step waits for ever");
        }

        var threshold = fields.Integer("errorThreshold", 0, MaxErrorThreshold) ?? 0;
        return new RetryPolicy(duration == TimeSpan.Zero ? null : duration, Math.Max(threshold, RetryPolicy.Default.ErrorThreshold));
    }

    [GeneratedRegex(@"\A(step|task)-[0-9]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex ReservedAlias();
}
