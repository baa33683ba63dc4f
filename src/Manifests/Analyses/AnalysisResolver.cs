using Waybill.Domain.Analysis;
using Waybill.Manifests.Documents;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Resolving;

namespace Waybill.Manifests.Analyses;

/// <summary>Makes a stage's plan of the templates that it names: merged as Argo Rollouts merges them, with every reference checked.</summary>
internal sealed class AnalysisResolver(ProjectDrafts project, ProblemList problems)
{
    private const int MaxMetrics = 20;

    private readonly Dictionary<(string Kind, string Name), AnalysisTemplateDraft> _templates =
        project.Of<AnalysisTemplateDraft>().ToDictionary(t => (t.Document.Kind, t.Document.Name));
    private readonly HashSet<AnalysisTemplateDraft> _used = [];

    /// <summary>Null when the stage verifies by health alone.</summary>
    public AnalysisPlan? Resolve(StageDraft stage)
    {
        if (stage.Verification is not { Templates.Count: > 0 } verification)
        {
            return null;
        }

        var first = verification.Templates[0].Cursor;
        if (stage.Stage.IsControlFlow && stage.Steps.Count == 0)
        {
            first.Notice("has no effect: a stage without steps deploys nothing, and freight passes through it unverified");
        }

        var templates = Flatten(verification.Templates);
        var arguments = MergeArguments(templates, verification, first);
        CheckUses(templates, arguments);
        return new AnalysisPlan
        {
            Templates = [.. templates.Select(t => t.Document.Name)],
            Arguments = arguments,
            Metrics = MergeMetrics(templates, first),
        };
    }

    /// <summary>Checks the templates that no stage names, by themselves.</summary>
    public void CheckUnused()
    {
        foreach (var template in _templates.Values.Except(_used).ToList())
        {
            var templates = new List<AnalysisTemplateDraft>();
            Add(template, templates);
            CheckUses(templates, [.. templates.SelectMany(t => t.Arguments).Select(a => a.Argument)]);
        }
    }

    private List<AnalysisTemplateDraft> Flatten(IReadOnlyList<TemplateReference> references)
    {
        var templates = new List<AnalysisTemplateDraft>();
        foreach (var reference in references)
        {
            AddReferenced(reference, templates);
        }

        return templates;
    }

    private void AddReferenced(TemplateReference reference, List<AnalysisTemplateDraft> templates)
    {
        if (_templates.TryGetValue((reference.Kind, reference.Name), out var template))
        {
            Add(template, templates);
            return;
        }

        var names = project.NamesOf(reference.Kind);
        if (names.Contains(reference.Name) || problems.IsIncomplete)
        {
            return;
        }

        var other = reference.IsClusterScoped ? Kinds.AnalysisTemplate : Kinds.ClusterAnalysisTemplate;
        var remedy = project.NamesOf(other).Contains(reference.Name) ? $", but there is a {other} of that name" : Suggestion.For(reference.Name, names);
        reference.Cursor.Error($"there is no {reference.Kind} {reference.Name} in project {project.Name}{remedy}");
    }

    // Each once, so that templates which include each other end.
    private void Add(AnalysisTemplateDraft template, List<AnalysisTemplateDraft> templates)
    {
        _used.Add(template);
        if (templates.Contains(template))
        {
            return;
        }

        templates.Add(template);
        foreach (var reference in template.Templates)
        {
            AddReferenced(reference, templates);
        }
    }

    private static List<AnalysisArgument> MergeArguments(List<AnalysisTemplateDraft> templates, VerificationDraft verification, Cursor place)
    {
        var merged = new List<AnalysisArgument>();
        foreach (var declared in templates.SelectMany(t => t.Arguments))
        {
            var index = merged.FindIndex(a => a.Name == declared.Argument.Name);
            if (index < 0)
            {
                merged.Add(declared.Argument);
            }
            else if (merged[index].Value is { } before && declared.Argument.Value is { } value && before != value)
            {
                declared.Cursor.Error($"argument {declared.Argument.Name} has another value in a template that is used together with this one");
            }
            else if (merged[index].Value is null)
            {
                merged[index] = declared.Argument;
            }
        }

        foreach (var given in verification.Arguments)
        {
            var index = merged.FindIndex(a => a.Name == given.Argument.Name);
            if (index < 0)
            {
                given.Cursor.Notice($"no template of this stage declares the argument {given.Argument.Name}{Suggestion.For(given.Argument.Name, merged.Select(a => a.Name))}");
            }
            else
            {
                merged[index] = given.Argument;
            }
        }

        foreach (var open in merged.Where(a => a is { Value: null, Secret: null }))
        {
            place.Error($"the argument {open.Name} has no value: set it in verification.args");
        }

        return merged;
    }

    private static void CheckUses(List<AnalysisTemplateDraft> templates, List<AnalysisArgument> arguments)
    {
        var names = arguments.Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (argument, cursor) in templates.SelectMany(t => t.Metrics).SelectMany(m => m.Uses).Where(u => !names.Contains(u.Argument)))
        {
            cursor.Error($"there is no argument {argument} in the template's args{Suggestion.For(argument, names)}");
        }
    }

    private static List<MetricSpec> MergeMetrics(List<AnalysisTemplateDraft> templates, Cursor place)
    {
        var drafts = templates.SelectMany(t => t.Metrics).ToList();
        foreach (var twice in drafts.GroupBy(m => m.Metric.Name).Where(g => g.Count() > 1).Select(g => g.Last()))
        {
            twice.Cursor.Error($"a template that is used together with this one has a metric {twice.Metric.Name} already");
        }

        if (templates.Count > 0 && drafts.Count is 0 or > MaxMetrics)
        {
            place.Error(drafts.Count == 0 ? "its templates have no metrics" : $"its templates have {drafts.Count} metrics; {MaxMetrics} are possible");
        }

        var dryRun = templates.SelectMany(t => t.DryRun).ToList();
        var retention = templates.SelectMany(t => t.Retention).ToList();
        foreach (var idle in dryRun.Concat(retention.Select(r => r.Pattern)).Where(p => !drafts.Exists(m => p.Pattern.IsMatch(m.Metric.Name))))
        {
            idle.Cursor.Error($"matches no metric{Suggestion.For(idle.Pattern.ToString(), drafts.Select(m => m.Metric.Name))}");
        }

        return drafts.ConvertAll(m => m.Metric with
        {
            IsDryRun = dryRun.Exists(p => p.Pattern.IsMatch(m.Metric.Name)),
            Retention = retention.Where(r => r.Pattern.Pattern.IsMatch(m.Metric.Name)).Select(r => (int?)r.Limit).FirstOrDefault(),
        });
    }
}
