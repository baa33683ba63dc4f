using Microsoft.AspNetCore.Http;
using Waybill.Engine.Approvals;
using Waybill.Web.Problems;

namespace Waybill.Web.Pages;

/// <summary>Why an approval link decides nothing, in words that say what to do.</summary>
internal static class ApprovalProblems
{
    public static Problem Of(ApprovalProblem problem, ApprovalCase found) => problem switch
    {
        ApprovalProblem.NotGenuine => new(
            StatusCodes.Status403Forbidden, "approval-not-genuine", "This link is not genuine",
            "It was not signed by this Waybill: it was cut, mistyped or changed on its way. Open the link from the original message as a whole."),
        ApprovalProblem.Gone => new(
            StatusCodes.Status404NotFound, "approval-gone", "There is nothing to decide here",
            "The promotion that this link is about no longer exists."),
        ApprovalProblem.AlreadyUsed => new(
            StatusCodes.Status409Conflict, "approval-already-used", "You have decided already",
            $"A link decides once, and {found.Token?.Approver} has answered with this one. The answer stands; the audit holds it."),
        ApprovalProblem.AlreadyDecided => new(
            StatusCodes.Status409Conflict, "approval-already-decided", "It is decided already",
            "Others decided, or the promotion ended, before you answered. Nothing is left to do."),
        _ => new(
            StatusCodes.Status410Gone, "approval-expired", "The time to decide is over",
            "The link has expired. If the freight should still go there, promote it again: new links are sent then."),
    };
}
