using Waybill.Engine.Approvals;
using Waybill.Engine.Ports;
using Waybill.Engine.Queries;
using Waybill.Web.Viewing;

namespace Waybill.Web.Pages;

/// <summary>Takes whoever looks at the dashboard to the approvals that wait for them, by their own link.</summary>
internal sealed class Reviews(ApprovalLinks links, ApprovalOptions options, IApproverDirectory directory)
{
    public IReadOnlyDictionary<string, string> For(IEnumerable<StageView> stages, Visitor visitor) => stages
        .Select(s => (s.Stage.Name, Path: PathFor(s.Approval, visitor)))
        .Where(s => s.Path is not null)
        .ToDictionary(s => s.Name, s => s.Path!);

    /// <summary>Null when there is nothing that they may decide, or did. Relative: they are here already, wherever links in messages lead.</summary>
    public string? PathFor(PendingApproval? approval, Visitor visitor)
    {
        if (approval is null || options.PublicUrl is null)
        {
            return null;
        }

        // The settings may know more of a person than what they signed in with.
        var link = links.For(approval.Promotion, approval.Step, visitor.Person)
            ?? links.For(approval.Promotion, approval.Step, directory.Describe(visitor.Person.Name));
        return link?.Url.AbsolutePath;
    }
}
