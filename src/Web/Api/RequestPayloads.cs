namespace Waybill.Web.Api;

/// <summary>Asks for a promotion.</summary>
/// <param name="Freight">The freight's identity or alias.</param>
/// <param name="RetryOf">The promotion that this repeats.</param>
internal sealed record PromoteRequest(string? Freight, string? RetryOf = null);

internal sealed record AbortRequestBody(string? Reason = null);

/// <summary>Approves freight for a stage.</summary>
internal sealed record ApproveRequest(string? Stage, string? Reason = null);
