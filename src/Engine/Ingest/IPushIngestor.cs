namespace Waybill.Engine.Ingest;

/// <summary>Turns webhook deliveries into freight. What is accepted is stored when this returns.</summary>
public interface IPushIngestor
{
    Task<IngestResult> IngestAsync(WebhookDelivery delivery, CancellationToken cancellationToken);
}

/// <summary>A webhook request as it came in, nothing in it believed yet.</summary>
/// <param name="Event">GitHub's name for what happened, such as <c>push</c>.</param>
/// <param name="DeliveryId">GitHub's identity of the delivery, the same when it is sent again.</param>
/// <param name="Signature">The signature header; null when there was none.</param>
/// <param name="Body">The raw bytes that the signature is over.</param>
public sealed record WebhookDelivery(string Event, string DeliveryId, string? Signature, ReadOnlyMemory<byte> Body);

/// <summary>What came of a delivery.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Message">A sentence for whoever reads GitHub's delivery log.</param>
/// <param name="Freight">The freight that now exists because of it, by identity.</param>
public sealed record IngestResult(IngestOutcome Outcome, string Message, IReadOnlyList<string> Freight);

/// <summary>The ways a delivery can come out.</summary>
public enum IngestOutcome
{
    /// <summary>Stored.</summary>
    Accepted,

    /// <summary>Taken before.</summary>
    Duplicate,

    /// <summary>Genuine, but nothing that concerns any warehouse.</summary>
    Ignored,
    BadSignature,
    Malformed,

    /// <summary>No webhook secret is configured, so nothing can be believed.</summary>
    NotConfigured,
}
