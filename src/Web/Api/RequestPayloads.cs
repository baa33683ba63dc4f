namespace Waybill.Web.Api;

/// <summary>Asks for a promotion.</summary>
/// <param name="Freight">The freight's identity or alias.</param>
/// <param name="RetryOf">The promotion that this repeats.</param>
internal sealed record PromoteRequest(string? Freight, string? RetryOf = null);

internal sealed record AbortRequestBody(string? Reason = null);

/// <summary>Makes freight of commits.</summary>
/// <param name="Commits">One for each subscription whose newest commit is not meant.</param>
internal sealed record AssembleRequest(IReadOnlyList<ChosenCommit?>? Commits = null);

/// <param name="RepoURL">The repository.</param>
/// <param name="Id">A hash or a tag.</param>
/// <param name="Subscription">The subscription's name, where several watch the repository.</param>
internal sealed record ChosenCommit(string? RepoURL, string? Id, string? Subscription = null);

/// <summary>Approves freight for a stage.</summary>
internal sealed record ApproveRequest(string? Stage, string? Reason = null);
