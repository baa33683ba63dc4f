using System.Globalization;
using System.Text.Json;

namespace Waybill.Engine.Webhooks;

/// <summary>Reads the body of GitHub's push webhook: tolerant of what it does not need, strict about refs, hashes and the repository.</summary>
public static class GitHubPushParser
{
    /// <summary>GitHub sends no larger body.</summary>
    public const int MaxBytes = 25 * 1024 * 1024;

    private const string BranchPrefix = "refs/heads/";
    private const string TagPrefix = "refs/tags/";

    public static PushParsing Parse(ReadOnlySpan<byte> rawBody)
    {
        if (rawBody.Length > MaxBytes)
        {
            return new PushParsing.Rejected($"The body has {rawBody.Length} bytes; GitHub sends at most {MaxBytes}.", "$");
        }

        try
        {
            return JsonSerializer.Deserialize(rawBody, PushPayloadContext.Default.PushPayload) is { } payload
                ? new PushParsing.Parsed(ReadPush(payload))
                : new PushParsing.Rejected("The body is null instead of an object.", "$");
        }
        catch (JsonException e)
        {
            return new PushParsing.Rejected($"The body is not the JSON of a push (line {e.LineNumber + 1}, byte {e.BytePositionInLine}).", e.Path ?? "$");
        }
        catch (InvalidPushException e)
        {
            return new PushParsing.Rejected(e.Message, e.Where);
        }
    }

    private static GitHubPush ReadPush(PushPayload payload)
    {
        var (kind, name) = ReadRef(payload.Ref);
        var after = ReadHash(payload.After, "$.after");
        var deleted = payload.Deleted ?? false;
        return new GitHubPush
        {
            Ref = payload.Ref!,
            RefKind = kind,
            RefName = name,
            Before = ReadHash(payload.Before, "$.before"),
            After = deleted || !IsZero(after) ? after : throw new InvalidPushException("The ref was not deleted and yet points at nothing.", "$.after"),
            Created = payload.Created ?? IsZero(payload.Before!),
            Deleted = deleted,
            Forced = payload.Forced ?? false,
            BaseRef = payload.BaseRef,
            Repository = ReadRepository(payload.Repository),
            Commits = [.. (payload.Commits ?? []).Select((c, i) => ReadCommit(c, $"$.commits[{i}]"))],
            HeadCommit = payload.HeadCommit is null ? null : ReadCommit(payload.HeadCommit, "$.head_commit"),
            Sender = payload.Sender?.Login,
        };
    }

    private static (PushedRefKind Kind, string Name) ReadRef(string? text) => text switch
    {
        { Length: > 1024 } => throw new InvalidPushException("The ref is longer than 1024 characters.", "$.ref"),
        not null when text.Any(char.IsControl) => throw new InvalidPushException("The ref contains control characters.", "$.ref"),
        not null when text.StartsWith(BranchPrefix, StringComparison.Ordinal) && text.Length > BranchPrefix.Length => (PushedRefKind.Branch, text[BranchPrefix.Length..]),
        not null when text.StartsWith(TagPrefix, StringComparison.Ordinal) && text.Length > TagPrefix.Length => (PushedRefKind.Tag, text[TagPrefix.Length..]),
        _ => throw new InvalidPushException("The ref is missing, or neither a branch nor a tag.", "$.ref"),
    };

    private static string ReadHash(string? text, string where) =>
        text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower)
            ? text
            : throw new InvalidPushException("This must be a hash of 40 or 64 lower-case hexadecimal digits.", where);

    private static bool IsZero(string hash) => hash.All(c => c is '0');

    private static PushedRepository ReadRepository(RepositoryPayload? payload)
    {
        if (payload is null)
        {
            throw new InvalidPushException("The repository is missing.", "$.repository");
        }

        var url = payload.CloneUrl ?? payload.HtmlUrl;
        return string.IsNullOrWhiteSpace(url) || string.IsNullOrWhiteSpace(payload.FullName)
            ? throw new InvalidPushException("The repository lacks full_name, or both of clone_url and html_url.", "$.repository")
            : new PushedRepository(payload.FullName, url, payload.HtmlUrl, payload.DefaultBranch, ReadPushedAt(payload.PushedAt));
    }

    // GitHub sends Unix seconds in push events and ISO 8601 everywhere else.
    private static DateTimeOffset? ReadPushedAt(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Number when value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_800 => DateTimeOffset.FromUnixTimeSeconds(seconds),
        JsonValueKind.String when TryReadTime(value.GetString(), out var time) => time,
        _ => throw new InvalidPushException("This must be Unix seconds or an ISO 8601 time.", "$.repository.pushed_at"),
    };

    private static PushedCommit ReadCommit(CommitPayload? payload, string where) => payload is null
        ? throw new InvalidPushException("This commit is null.", where)
        : new PushedCommit
        {
            Id = ReadHash(payload.Id, $"{where}.id"),
            Message = payload.Message ?? "",
            Timestamp = TryReadTime(payload.Timestamp, out var time) ? time : null,
            Author = ReadPerson(payload.Author),
            Committer = ReadPerson(payload.Committer),
            Distinct = payload.Distinct ?? true,
            Added = ReadPaths(payload.Added, $"{where}.added"),
            Modified = ReadPaths(payload.Modified, $"{where}.modified"),
            Removed = ReadPaths(payload.Removed, $"{where}.removed"),
        };

    private static string ReadPerson(PersonPayload? person) => person switch
    {
        null => "",
        { Email: { Length: > 0 } email } => $"{person.Name} <{email}>".TrimStart(),
        _ => person.Name ?? "",
    };

    private static string[] ReadPaths(IReadOnlyList<string?>? paths, string where) =>
        [.. (paths ?? []).Select(p => string.IsNullOrEmpty(p) ? throw new InvalidPushException("A path is null or empty.", where) : p)];

    private static bool TryReadTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private sealed class InvalidPushException(string problem, string where) : Exception(problem)
    {
        public string Where { get; } = where;
    }
}
