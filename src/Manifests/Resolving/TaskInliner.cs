using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;
using Waybill.Manifests.Documents;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Resolving;

/// <summary>Puts the steps of promotion tasks in the place of references to them.</summary>
internal sealed class TaskInliner(ProjectDrafts project, ProblemList problems)
{
    private const string Separator = "::";

    private readonly Dictionary<string, TaskDraft> _tasks = project.Of<TaskDraft>().ToDictionary(t => t.Document.Name, StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _names = project.NamesOf(Kinds.PromotionTask);

    public IReadOnlyList<PromotionStep> Inline(StageDraft stage) =>
        [.. stage.Steps.SelectMany(step => step.Task is null ? [step.Step] : StepsOf(step, stage.Stage.Vars))];

    private IEnumerable<PromotionStep> StepsOf(StepDraft reference, IReadOnlyList<Variable> stageVars)
    {
        var name = reference.Task!;
        if (!_tasks.TryGetValue(name, out var task))
        {
            ReportMissing(reference, name);
            return [];
        }

        var alias = reference.Step.As;
        var vars = Variables(task, reference, stageVars);
        return task.Steps.Select(s => s.Step with
        {
            As = alias + Separator + s.Step.As,
            Task = alias,
            Vars = [.. vars, .. s.Step.Vars],
            Config = (JsonObject)s.Step.Config.DeepClone(),
        });
    }

    private void ReportMissing(StepDraft reference, string name)
    {
        if (name.Length > 0 && !_names.Contains(name) && !problems.IsIncomplete)
        {
            reference.Cursor.Error($"there is no PromotionTask {name} in project {project.Name}{Suggestion.For(name, _names)}");
        }
    }

    /// <summary>
    /// The reference's variables, then the task's own defaults that neither the reference nor, as in Kargo, the stage sets.
    /// In that order, so that a default made of another variable sees what that was set to.
    /// </summary>
    private static List<Variable> Variables(TaskDraft task, StepDraft reference, IReadOnlyList<Variable> stageVars)
    {
        var given = reference.Step.Vars;
        var isSet = given.Concat(stageVars).Where(v => v.Value.Length > 0).Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        var open = task.Vars.Where(v => !isSet.Contains(v.Name)).ToList();
        foreach (var variable in open.Where(v => v.Value.Length == 0))
        {
            reference.Cursor.Error($"PromotionTask {task.Document.Name} needs a value for the variable {variable.Name}: set it in vars beside task");
        }

        foreach (var variable in given.Where(v => task.Vars.All(t => t.Name != v.Name)))
        {
            reference.Cursor.Notice($"PromotionTask {task.Document.Name} declares no variable {variable.Name}{Suggestion.For(variable.Name, task.Vars.Select(t => t.Name))}");
        }

        return [.. given.Where(v => v.Value.Length > 0), .. open];
    }
}
