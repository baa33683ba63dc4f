using Microsoft.AspNetCore.Http;
using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;
using Waybill.Engine.Approvals;
using Waybill.Engine.Queries;
using Waybill.Engine.Records;
using Waybill.Web.Api;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Pages;

/// <summary>The pages behind approval links. The link is the proof: nobody has to be signed in. Looking decides nothing.</summary>
internal sealed class ApprovalPages(ApprovalDesk desk, ProjectStore store, PreviewQuery previews, TimeProvider time)
{
    public async Task<IResult> ShowAsync(RouteCall call, string token) =>
        await AnswerAsync(call, await desk.OpenAsync(token, call.Aborted), null);

    public async Task<IResult> DecideAsync(RouteCall call, string token)
    {
        var form = await call.Context.ReadFormFieldsAsync();
        var decision = form.Text("decision") switch
        {
            "approve" => ApprovalDecision.Approve,
            "reject" => ApprovalDecision.Reject,
            _ => throw new ProblemException(Problem.BadRequest("decision must be approve or reject.")),
        };
        var reason = RequestBodies.Optional(form.Text("reason"), "reason", FieldLimits.Reason);
        return await AnswerAsync(call, await desk.DecideAsync(token, decision, reason, call.Aborted), decision);
    }

    private async Task<IResult> AnswerAsync(RouteCall call, ApprovalCase found, ApprovalDecision? decided)
    {
        if (found.Problem is { } problem)
        {
            return Refuse(call, found, ApprovalProblems.Of(problem, found));
        }

        var promotion = found.Promotion!;
        var previewed = await previews.UpstreamOfAsync(promotion, call.Aborted);
        if (call.Request.PrefersJson())
        {
            return ApiJson.Ok(new ApprovalPayload(
                found.Token!.Approver, PromotionPayload.Of(promotion), found.Token.Step, GatePayload.Of(found.Gate)!, previewed));
        }

        return new PageResult<ApprovalView>(new Dictionary<string, object?>
        {
            [nameof(ApprovalView.Frame)] = new PageFrame($"{promotion.Freight.Alias} to {promotion.Stage}", time.GetUtcNow()),
            [nameof(ApprovalView.Promotion)] = promotion,
            [nameof(ApprovalView.Gate)] = found.Gate,
            [nameof(ApprovalView.Approver)] = found.Token!.Approver,
            [nameof(ApprovalView.Replaces)] = await ReadReplacedAsync(promotion, call.Aborted),
            [nameof(ApprovalView.Runs)] = (IReadOnlyList<StackRun>)[.. previewed, .. promotion.Runs],
            [nameof(ApprovalView.Decided)] = decided,
        })
        {
            IsKept = false,
        };
    }

    private IResult Refuse(RouteCall call, ApprovalCase found, Problem problem) => call.Request.PrefersJson()
        ? new ProblemResult(problem)
        : new PageResult<ApprovalRefusal>(new Dictionary<string, object?>
        {
            [nameof(ApprovalRefusal.Frame)] = new PageFrame(problem.Title, time.GetUtcNow()),
            [nameof(ApprovalRefusal.Problem)] = problem,
            [nameof(ApprovalRefusal.Case)] = found,
        })
        {
            Status = problem.Status,
            IsKept = false,
        };

    private async Task<FreightReference?> ReadReplacedAsync(Promotion promotion, CancellationToken cancellationToken)
    {
        var stage = await store.GetStageAsync(promotion.Project, promotion.Stage, cancellationToken);
        var current = stage.Value.Current.GetValueOrDefault(promotion.Freight.Warehouse);
        return current?.Id == promotion.Freight.Id ? null : current;
    }
}
