using Waybill.Domain.Promotions;

namespace Waybill.Engine.Ports;

/// <summary>Tells people outside. A notification that can't be delivered is logged and never holds anything up.</summary>
public interface INotifier
{
    Task ApprovalRequestedAsync(ApprovalNotification notification, CancellationToken cancellationToken);
}

/// <summary>People are asked to decide: one link for each of them.</summary>
public sealed record ApprovalNotification(Promotion Promotion, ApprovalGate Gate, IReadOnlyList<ApprovalLink> Links);

/// <summary>A person's own link to an approval.</summary>
public sealed record ApprovalLink(string Approver, Uri Url);
