using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Engine.Webhooks;

/// <summary>The push webhook's JSON, as far as it is read. Everything may be missing; <see cref="GitHubPushParser"/> decides what must not.</summary>
internal sealed record PushPayload(
    string? Ref,
    string? Before,
    string? After,
    bool? Created,
    bool? Deleted,
    bool? Forced,
    string? BaseRef,
    RepositoryPayload? Repository,
    IReadOnlyList<CommitPayload?>? Commits,
    CommitPayload? HeadCommit,
    SenderPayload? Sender);

internal sealed record RepositoryPayload(string? FullName, string? CloneUrl, string? HtmlUrl, string? DefaultBranch, JsonElement PushedAt);

internal sealed record CommitPayload(
    string? Id,
    string? Message,
    string? Timestamp,
    PersonPayload? Author,
    PersonPayload? Committer,
    bool? Distinct,
    IReadOnlyList<string?>? Added,
    IReadOnlyList<string?>? Modified,
    IReadOnlyList<string?>? Removed);

internal sealed record PersonPayload(string? Name, string? Email);

internal sealed record SenderPayload(string? Login);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 32)]
[JsonSerializable(typeof(PushPayload))]
[JsonSerializable(typeof(PullRequestPayload))]
internal sealed partial class PushPayloadContext : JsonSerializerContext;
