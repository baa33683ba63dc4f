using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Web.Problems;

namespace Waybill.Web.Requests;

/// <summary>Finds what a request's path names, or ends the request.</summary>
internal static class PipelineLookup
{
    /// <exception cref="ProblemException">There is no such project.</exception>
    public static Pipeline Project(this IPipelineSource source, string project) =>
        source.Pipelines.GetValueOrDefault(project)
        ?? throw new ProblemException(Problem.NotFound($"There is no project {project}. GET /api/projects lists those that there are."));

    /// <exception cref="ProblemException">There is no such warehouse.</exception>
    public static Warehouse Warehouse(this Pipeline pipeline, string warehouse) =>
        pipeline.FindWarehouse(warehouse)
        ?? throw new ProblemException(Problem.NotFound($"Project {pipeline.Project} has no warehouse {warehouse}."));

    /// <exception cref="ProblemException">There is no such stage.</exception>
    public static Stage Stage(this Pipeline pipeline, string stage) =>
        pipeline.FindStage(stage)
        ?? throw new ProblemException(Problem.NotFound($"Project {pipeline.Project} has no stage {stage}."));
}
