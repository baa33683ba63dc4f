namespace Waybill.Engine.Ingest;

/// <summary>The secrets that webhooks may be signed with: the present one, and the one before while it is rotated out.</summary>
public sealed record WebhookSecrets(IReadOnlyList<string> Secrets);
