using System.Text.RegularExpressions;
using Waybill.Domain.Pipelines;
using Waybill.Manifests.Patterns;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>Reads a Git subscription of a Warehouse.</summary>
internal static partial class GitSubscriptionReader
{
    private const int MaxDiscoveryLimit = 100;

    public static GitSubscription? Read(Cursor git, string? name)
    {
        if (git.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        RefuseWhatWaybillLacks(fields);
        var defaults = new GitSubscription { RepoUrl = "" };
        var strategy = fields.OneOf("commitSelectionStrategy", defaults.Strategy);
        ReportWithoutEffect(git, strategy);
        return defaults with
        {
            Name = name,
            RepoUrl = ReadUrl(fields.Take("repoURL", required: true)) ?? "",
            Branch = ReadBranch(fields.Take("branch")),
            Strategy = strategy,
            SemverConstraint = ReadRange(fields.Take("semverConstraint")),
            StrictSemvers = fields.Flag("strictSemvers", defaults.StrictSemvers),
            AllowTagsRegexes = [.. OldAllowTags(fields), .. PatternFields.Regexes(fields, "allowTagsRegexes")],
            IgnoreTagsRegexes = [.. OldIgnoreTags(fields), .. PatternFields.Regexes(fields, "ignoreTagsRegexes")],
            IncludePaths = PatternFields.Paths(fields, "includePaths"),
            ExcludePaths = PatternFields.Paths(fields, "excludePaths"),
            DiscoveryLimit = fields.Integer("discoveryLimit", 1, MaxDiscoveryLimit) ?? defaults.DiscoveryLimit,
        };
    }

    private static void RefuseWhatWaybillLacks(MapReader fields)
    {
        fields.Refuse("name", "the subscription's name stands beside git, not in it");
        fields.Refuse("expressionFilter", "use allowTagsRegexes, ignoreTagsRegexes or includePaths");
        fields.Refuse("since", "use discoveryLimit");
        fields.Take("blobless")?.Notice("has no effect: Waybill asks GitHub's API and does not clone");
        if (fields.Take("insecureSkipTLSVerify") is { } insecure && insecure.Flag() is true)
        {
            insecure.Error("not supported: Waybill always checks certificates; trust the server's certificate authority instead");
        }
    }

    /// <summary>Fields that Kargo passes over under another strategy, which is never what their author meant.</summary>
    private static void ReportWithoutEffect(Cursor git, CommitSelectionStrategy strategy)
    {
        string[] unused = strategy switch
        {
            CommitSelectionStrategy.NewestFromBranch =>
                ["semverConstraint", "strictSemvers", "allowTags", "allowTagsRegexes", "ignoreTags", "ignoreTagsRegexes"],
            CommitSelectionStrategy.SemVer => ["branch"],
            _ => ["branch", "semverConstraint", "strictSemvers"],
        };

        foreach (var (name, value) in git.Map()!.TakeAll().Where(f => unused.Contains(f.Name)))
        {
            value.Notice($"has no effect with commitSelectionStrategy: {strategy}");
        }
    }

    private static string? ReadUrl(Cursor? field)
    {
        if (field?.Text() is not { } url)
        {
            return null;
        }

        if (ScpAddress().IsMatch(url))
        {
            return url;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http" or "ssh") || address.AbsolutePath.Trim('/').Length == 0)
        {
            field.Error($"not a repository's URL: write one such as https://github.com/owner/name");
            return null;
        }

        if (address.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            field.Error("holds a password: remove it here, change it where it is from, and put the new one in Waybill's settings");
            return null;
        }

        return url;
    }

    private static string? ReadBranch(Cursor? field)
    {
        if (field?.Text() is not { Length: > 0 } branch)
        {
            return null;
        }

        if (!NotInBranches().IsMatch(branch))
        {
            return branch;
        }

        field.Error($"{Cursor.Quoted(branch)} is not a branch's name: write it without refs/heads/");
        return null;
    }

    private static string? ReadRange(Cursor? field)
    {
        if (field?.Text() is not { Length: > 0 } text)
        {
            return null;
        }

        if (VersionRanges.IsValid(text))
        {
            return text;
        }

        field.Error($"{Cursor.Quoted(text)} is not a range of semantic versions: write one such as ^1.2, ~1.2.3 or >=1.2, <2");
        return null;
    }

    private static IEnumerable<string> OldAllowTags(MapReader fields)
    {
        if (fields.Take("allowTags") is { } field && PatternFields.ReadRegex(field) is { Length: > 0 } regex)
        {
            field.Notice("deprecated by Kargo: use allowTagsRegexes");
            yield return regex;
        }
    }

    private static IEnumerable<string> OldIgnoreTags(MapReader fields)
    {
        var tags = fields.Take("ignoreTags");
        tags?.Notice("deprecated by Kargo: use ignoreTagsRegexes");
        return (tags?.Items() ?? []).Select(t => t.Text()).OfType<string>().Select(t => $"^{Regex.Escape(t)}$");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+@[A-Za-z0-9_.-]+:[^\s:]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex ScpAddress();

    // Git's own rules for references (git check-ref-format), and the full names that Kargo does not take either.
    [GeneratedRegex(@"\Arefs/|[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|\A[-/.]|[/.]\z|//|/\.|\.lock\z", RegexOptions.NonBacktracking)]
    private static partial Regex NotInBranches();
}
