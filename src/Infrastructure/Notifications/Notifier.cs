using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Ports;
using Waybill.Engine.Steps;

namespace Waybill.Infrastructure.Notifications;

/// <summary>Tells people that they are asked to decide: by webhook when one is configured, and in the log without the links.</summary>
public sealed partial class Notifier(NotificationOptions options, IHttpClientFactory clients, ILogger<Notifier> logger) : INotifier
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public async Task ApprovalRequestedAsync(ApprovalNotification notification, CancellationToken cancellationToken)
    {
        var promotion = notification.Promotion;
        var names = notification.Links.Count == 0 ? "anyone signed in" : string.Join(", ", notification.Links.Select(l => l.Approver));
        LogRequested(promotion.Freight.Alias, promotion.Stage, notification.Gate.Deadline, names);
        if (options.WebhookUrl is null)
        {
            return;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            using var client = clients.CreateClient(HttpStep.ClientName);
            using var response = await client.PostAsJsonAsync(options.WebhookUrl, Message(notification), deadline.Token);
            response.EnsureSuccessStatusCode();
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogUndelivered(error, promotion.Name);
        }
    }

    private static object Message(ApprovalNotification notification) => new
    {
        text = $"{notification.Promotion.Freight.Alias} waits for approval to go to {notification.Promotion.Stage} of {notification.Promotion.Project}, until {notification.Gate.Deadline:u}.",
        project = notification.Promotion.Project,
        stage = notification.Promotion.Stage,
        promotion = notification.Promotion.Name,
        deadline = notification.Gate.Deadline,
        links = notification.Links.Select(l => new { approver = l.Approver, url = l.Url }),
    };

    // The links themselves are secrets: whoever holds one decides.
    [LoggerMessage(Level = LogLevel.Information, Message = "{Freight} waits for approval to go to {Stage}, until {Deadline:u}. Asked: {Approvers}.")]
    private partial void LogRequested(string freight, string stage, DateTimeOffset deadline, string approvers);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The approval request of {Promotion} could not be delivered; the dashboard shows it all the same.")]
    private partial void LogUndelivered(Exception error, string promotion);
}
