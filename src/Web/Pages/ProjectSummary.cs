using Waybill.Domain.Pipelines;
using Waybill.Domain.Stages;
using Waybill.Engine.Records;

namespace Waybill.Web.Pages;

/// <summary>A project with what its stages hold.</summary>
public sealed record ProjectSummary(Pipeline Pipeline, IReadOnlyDictionary<string, Stored<StageState>> States)
{
    public StageState StateOf(string stage) => States.GetValueOrDefault(stage)?.Value ?? new StageState { Stage = stage };
}
