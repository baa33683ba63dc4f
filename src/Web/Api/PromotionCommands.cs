using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Api;

/// <summary>What people can do about promotions, for the API and for the dashboard's forms alike.</summary>
internal sealed class PromotionCommands(
    IPipelineSource pipelines, PromotionCreator creator, PromotionRetrier retrier, PromotionAborter aborter)
{
    public Task<PromotionRequestResult> PromoteAsync(RouteCall call, string project, string stage, string freight, string retryOf)
    {
        var pipeline = pipelines.Project(project);
        return retryOf.Length == 0
            ? creator.PromoteAsync(pipeline, stage, freight, call.Actor, call.Aborted)
            : retrier.RetryAsync(pipeline, retryOf, stage, freight, call.Actor, call.Aborted);
    }

    public Task<PromotionRequestResult> RetryAsync(RouteCall call, string project, string name) =>
        retrier.RetryAsync(pipelines.Project(project), name, call.Actor, call.Aborted);

    public Task<PromotionRequestResult> AbortAsync(RouteCall call, string project, string name, string reason) =>
        aborter.AbortAsync(new PromotionKey(pipelines.Project(project).Project, name), call.Actor, reason, call.Aborted);
}
