using System.Collections.Concurrent;
using Waybill.Engine.Ports;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.Drivers;

/// <summary>Where approvers find their links.</summary>
internal sealed class Mailbox : INotifier
{
    private readonly ConcurrentQueue<ApprovalNotification> _received = new();

    public IReadOnlyList<ApprovalNotification> Received => [.. _received];

    public Task ApprovalRequestedAsync(ApprovalNotification notification, CancellationToken cancellationToken)
    {
        _received.Enqueue(notification);
        return Task.CompletedTask;
    }

    /// <summary>Waits for the newest link to a person.</summary>
    public async Task<Uri> LinkForAsync(string approver)
    {
        ApprovalLink? link = null;
        await Poll.UntilAsync($"a link for {approver}", RunningWaybill.Patience, _ =>
        {
            link = _received.SelectMany(n => n.Links).LastOrDefault(l => l.Approver == approver);
            return Task.FromResult(link is not null);
        });
        return link!.Url;
    }
}
