using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Queries;
using Waybill.Engine.Records;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Pages;

/// <summary>The dashboard's pages.</summary>
internal sealed class DashboardPages(
    IPipelineSource pipelines, ProjectStore store, PipelineQuery query, HistoryQuery history, Reviews reviews, DemoHint demo, TimeProvider time)
{
    public async Task<IResult> HomeAsync(RouteCall call)
    {
        if (pipelines.Pipelines.Count == 1)
        {
            return new SeeOther(Paths.Project(pipelines.Pipelines.Keys.Single()));
        }

        var summaries = await Task.WhenAll(pipelines.Pipelines.Values.OrderBy(p => p.Project, StringComparer.Ordinal).Select(async pipeline =>
            new ProjectSummary(pipeline, await store.ListStagesAsync(pipeline.Project, call.Aborted))));
        return Page<HomeView>(Frame(call, "Projects"), (nameof(HomeView.Projects), summaries));
    }

    public async Task<IResult> ProjectAsync(RouteCall call, string project)
    {
        var view = await query.GetAsync(pipelines.Project(project), call.Aborted);
        return Page<ProjectView>(
            Frame(call, project, project),
            (nameof(ProjectView.View), view),
            (nameof(ProjectView.Reviews), reviews.For(view.Stages, call.Visitor!)),
            (nameof(ProjectView.DemoCurl), demo.For(call, project)));
    }

    public async Task<IResult> StageAsync(RouteCall call, string project, string stageName)
    {
        var pipeline = pipelines.Project(project);
        var stage = pipeline.Stage(stageName);
        var view = query.GetStageAsync(pipeline, stage, call.Aborted);
        var promotions = history.PromotionsAsync(project, [stageName], Paging.DefaultLimit, Paging.Of(call.Request).Continue, call.Aborted);
        await Task.WhenAll(view, promotions);
        return Page<StageDetails>(
            Frame(call, stageName, project),
            (nameof(StageDetails.View), view.Result),
            (nameof(StageDetails.Promotions), Paging.Found(promotions.Result)),
            (nameof(StageDetails.ReviewPath), reviews.PathFor(view.Result.Approval, call.Visitor!)));
    }

    public async Task<IResult> FreightAsync(RouteCall call, string project, string id)
    {
        var pipeline = pipelines.Project(project);
        var freight = (await store.FindFreightAsync(project, id, call.Aborted))?.Value
            ?? throw new ProblemException(Problem.NotFound($"Project {project} has no freight {id}."));
        return Page<FreightDetails>(
            Frame(call, freight.Alias, project), (nameof(FreightDetails.Pipeline), pipeline), (nameof(FreightDetails.Freight), freight));
    }

    public async Task<IResult> PromotionAsync(RouteCall call, string project, string name)
    {
        pipelines.Project(project);
        var promotion = (await store.GetPromotionAsync(project, name, call.Aborted))?.Value
            ?? throw new ProblemException(Problem.NotFound($"Project {project} has no promotion {name}."));
        return Page<PromotionDetails>(
            Frame(call, $"{promotion.Freight.Alias} to {promotion.Stage}", project),
            (nameof(PromotionDetails.Promotion), promotion),
            (nameof(PromotionDetails.ReviewPath), reviews.PathFor(PendingApproval.Of(promotion), call.Visitor!)),
            (nameof(PromotionDetails.QueuePosition), await QueuePositionAsync(promotion, call.Aborted)));
    }

    public async Task<IResult> AuditAsync(RouteCall call, string project)
    {
        pipelines.Project(project);
        var paging = Paging.Of(call.Request);
        var entries = Paging.Found(await history.AuditAsync(project, paging.Limit, paging.Continue, call.Aborted));
        return Page<AuditView>(Frame(call, "Audit", project), (nameof(AuditView.Entries), entries));
    }

    private async Task<int?> QueuePositionAsync(Promotion promotion, CancellationToken cancellationToken)
    {
        if (promotion.Phase is not PromotionPhase.Pending)
        {
            return null;
        }

        var stage = await store.GetStageAsync(promotion.Project, promotion.Stage, cancellationToken);
        return stage.Value.Queue.TakeWhile(q => q.Name != promotion.Name).Count();
    }

    private PageFrame Frame(RouteCall call, string title, string? project = null) => new(title, time.GetUtcNow(), call.Visitor, project)
    {
        Refreshes = true,
        ManifestProblems = pipelines.Problems,
    };

    private static PageResult<TPage> Page<TPage>(PageFrame frame, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        var all = parameters.ToDictionary(p => p.Name, p => p.Value);
        all[nameof(Frame)] = frame;
        return new PageResult<TPage>(all);
    }
}
