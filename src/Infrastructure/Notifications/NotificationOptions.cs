namespace Waybill.Infrastructure.Notifications;

/// <summary>Settings of notifications, under <c>Notifications</c>.</summary>
public sealed class NotificationOptions
{
    public const string Section = "Notifications";

    /// <summary>Where to POST a JSON message when people are asked to decide; none when null. Slack and Teams workflows take it.</summary>
    public Uri? WebhookUrl { get; set; }
}
