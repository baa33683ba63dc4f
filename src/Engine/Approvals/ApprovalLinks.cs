using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Approvals;

/// <summary>Makes each approver's own link, and sends them.</summary>
public sealed class ApprovalLinks(ApprovalTokenSigner signer, ApprovalOptions options, IApproverDirectory directory, INotifier notifier)
{
    /// <summary>A link for a person who may answer; null when they may not, or have.</summary>
    public ApprovalLink? For(Promotion promotion, int step, Principal person)
    {
        var gate = promotion.StepStates[step].Approval;
        return gate is not null && !gate.IsDecided && gate.Admits(person) && gate.ResponseOf(person.Name) is null
            ? Make(promotion, step, gate, person)
            : null;
    }

    /// <summary>Tells all approvers that the settings or the rules name.</summary>
    public Task SendAsync(Promotion promotion, int step, ApprovalGate gate, CancellationToken cancellationToken)
    {
        var people = gate.Approvers.SelectMany(directory.MembersOf).DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase);
        var links = people.Select(p => Make(promotion, step, gate, p)).ToList();
        return notifier.ApprovalRequestedAsync(new ApprovalNotification(promotion, gate, links), cancellationToken);
    }

    private ApprovalLink Make(Promotion promotion, int step, ApprovalGate gate, Principal person)
    {
        var token = new ApprovalToken(promotion.Project, promotion.Name, step, person.Name, gate.RulesMatching(person), gate.Deadline);
        return new ApprovalLink(person.Name, new Uri(options.PublicUrl!, $"approvals/{signer.Sign(token)}"));
    }
}
