using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;

namespace Waybill.Engine.Queries;

/// <summary>A whole pipeline as people look at it.</summary>
/// <param name="Pipeline">What the manifests say.</param>
/// <param name="Stages">Its stages, upstream first.</param>
/// <param name="Freight">The newest freight of all warehouses, newest first.</param>
public sealed record PipelineView(Pipeline Pipeline, IReadOnlyList<StageView> Stages, IReadOnlyList<Freight> Freight)
{
    /// <summary>Stages by depth: those of a column take from columns before it only.</summary>
    public IEnumerable<IGrouping<int, StageView>> Columns => Stages.GroupBy(s => s.Depth).OrderBy(c => c.Key);
}

/// <summary>How deep in a pipeline its stages are.</summary>
public static class Depths
{
    /// <summary>The longest way to each stage, in stages, by name. A pipeline lists upstream stages first.</summary>
    public static IReadOnlyDictionary<string, int> Of(Pipeline pipeline)
    {
        Dictionary<string, int> depths = [];
        foreach (var stage in pipeline.Stages)
        {
            var upstream = stage.RequestedFreight.SelectMany(r => r.Sources.Stages).Select(s => depths.GetValueOrDefault(s, -1));
            depths[stage.Name] = upstream.DefaultIfEmpty(-1).Max() + 1;
        }

        return depths;
    }
}
