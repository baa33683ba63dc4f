using Waybill.Domain.Pipelines;
using Waybill.Manifests.Analyses;
using Waybill.Manifests.Documents;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Resolving;

/// <summary>Makes a project's pipeline: resolves names, inlines tasks, applies policies, orders stages.</summary>
internal sealed class PipelineBuilder(ProjectDrafts project, ProblemList problems)
{
    private readonly IReadOnlySet<string> _warehouses = project.NamesOf(Kinds.Warehouse);
    private readonly IReadOnlySet<string> _stages = project.NamesOf(Kinds.Stage);
    private readonly Dictionary<string, StageDraft> _drafts = project.Of<StageDraft>().ToDictionary(s => s.Document.Name, StringComparer.Ordinal);
    private readonly IReadOnlyList<PolicyDraft> _policies = [.. project.Of<ProjectConfigDraft>().SelectMany(c => c.Policies)];

    public Pipeline Build()
    {
        foreach (var request in _drafts.Values.SelectMany(s => s.Requests, (stage, request) => (stage, request)))
        {
            CheckReferences(request.stage, request.request);
        }

        CheckPolicies();
        var (ordered, cycles) = StageOrder.Of([.. _drafts.Values]);
        foreach (var cycle in cycles)
        {
            ReportCycle(cycle);
        }

        var inliner = new TaskInliner(project, problems);
        var analyses = new AnalysisResolver(project, problems);
        var pipeline = new Pipeline
        {
            Project = project.Name,
            Warehouses = [.. project.Of<WarehouseDraft>().Select(w => w.Warehouse)],
            ConfigMaps = project.Of<ConfigMapDraft>().ToDictionary(c => c.Document.Name, c => c.Data, StringComparer.Ordinal),
            Stages = [.. ordered.Concat(cycles.SelectMany(c => c)).Select(draft => Resolve(draft, inliner, analyses))],
        };
        analyses.CheckUnused();
        return pipeline;
    }

    private Stage Resolve(StageDraft draft, TaskInliner inliner, AnalysisResolver analyses) => draft.Stage with
    {
        Analysis = analyses.Resolve(draft),
        Steps = inliner.Inline(draft),
        AutoPromotionEnabled = _policies.FirstOrDefault(p => p.Policy.Selects(draft.Stage))?.Policy.AutoPromotionEnabled ?? false,
    };

    private void CheckReferences(StageDraft stage, RequestDraft request)
    {
        if (problems.IsIncomplete)
        {
            return;
        }

        var warehouse = request.Request.Warehouse;
        if (!_warehouses.Contains(warehouse))
        {
            request.Warehouse.Error($"there is no Warehouse {warehouse} in project {project.Name}{Suggestion.For(warehouse, _warehouses)}");
        }

        foreach (var (name, cursor) in request.Upstream)
        {
            CheckUpstream(stage, warehouse, name, cursor);
        }
    }

    private void CheckUpstream(StageDraft stage, string warehouse, string upstream, Cursor cursor)
    {
        if (!_stages.Contains(upstream))
        {
            var others = _stages.Where(s => s != stage.Document.Name);
            cursor.Error($"there is no Stage {upstream} in project {project.Name}{Suggestion.For(upstream, others)}");
        }
        else if (_drafts.TryGetValue(upstream, out var found) && found.Requests.Count > 0 && found.Stage.RequestFor(warehouse) is null)
        {
            cursor.Error($"Stage {upstream} requests no freight of Warehouse {warehouse}, so none can come from it");
        }
    }

    private void CheckPolicies()
    {
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var policy in _policies.Where(p => p.ExactStage is not null))
        {
            var name = policy.ExactStage!;
            if (!seen.TryAdd(name, policy.Cursor.Place))
            {
                policy.Cursor.Error($"a policy for Stage {name} already stands at {seen[name]}: the first one counts");
            }

            if (!_stages.Contains(name) && !problems.IsIncomplete)
            {
                policy.Cursor.Notice($"there is no Stage {name} in project {project.Name}{Suggestion.For(name, _stages)}");
            }
        }
    }

    private void ReportCycle(IReadOnlyList<StageDraft> cycle)
    {
        var names = cycle.Select(s => s.Document.Name).ToList();
        var start = names.IndexOf(_drafts.Keys.First(names.Contains));
        var path = names.Skip(start).Concat(names.Take(start + 1)).ToList();
        var feeder = path[^2];
        var reference = cycle[start].Requests.SelectMany(r => r.Upstream).First(u => u.Name == feeder);
        reference.Cursor.Error(names.Count == 1 ? $"Stage {feeder} feeds itself" : $"stages feed each other in a circle: {string.Join(" -> ", path)}");
    }
}
