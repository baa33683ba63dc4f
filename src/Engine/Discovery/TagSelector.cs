using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Semver;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Discovery;

/// <summary>Which of a repository's tags a subscription counts, and which of those comes first.</summary>
public sealed class TagSelector
{
    private const SemVersionStyles Strict = SemVersionStyles.Strict | SemVersionStyles.AllowLowerV;
    private const SemVersionStyles Loose = Strict | SemVersionStyles.OptionalMinorPatch;

    private readonly CommitSelectionStrategy _strategy;
    private readonly SemVersionStyles _styles;
    private readonly VersionRange? _range;
    private readonly IReadOnlyList<Regex> _allow;
    private readonly IReadOnlyList<Regex> _ignore;

    private TagSelector(GitSubscription subscription)
    {
        _strategy = subscription.Strategy;
        _styles = subscription.StrictSemvers ? Strict : Loose;
        _range = string.IsNullOrWhiteSpace(subscription.SemverConstraint) ? null : VersionRange.Parse(subscription.SemverConstraint);
        _allow = [.. subscription.AllowTagsRegexes.Select(r => Compile(r, "allowTagsRegexes"))];
        _ignore = [.. subscription.IgnoreTagsRegexes.Select(r => Compile(r, "ignoreTagsRegexes"))];
    }

    /// <summary>False when the subscription selects no tags, or a constraint or expression of it can't be read; the problem names it.</summary>
    public static bool TryCreate(GitSubscription subscription, [NotNullWhen(true)] out TagSelector? selector, [NotNullWhen(false)] out string? problem)
    {
        (selector, problem) = (null, null);
        try
        {
            selector = subscription.SelectsTags ? new TagSelector(subscription) : null;
            problem = selector is null ? $"{subscription.Strategy} selects no tags." : null;
        }
        catch (FormatException e)
        {
            problem = e.Message;
        }

        return selector is not null;
    }

    /// <summary>Whether a tag counts at all.</summary>
    public bool Matches(string tag) =>
        !_ignore.Any(r => r.IsMatch(tag))
        && (_allow.Count == 0 || _allow.Any(r => r.IsMatch(tag)))
        && (_strategy is not CommitSelectionStrategy.SemVer || (VersionOf(tag) is { } version && (_range?.Contains(version) ?? true)));

    /// <summary>The tags that count, the first choice first. <see cref="CommitSelectionStrategy.NewestTag"/> puts tags of unknown age last.</summary>
    public IReadOnlyList<TagInfo> Select(IEnumerable<TagInfo> tags)
    {
        var matching = tags.Where(t => Matches(t.Name));
        var ordered = _strategy switch
        {
            CommitSelectionStrategy.SemVer => matching.OrderByDescending(t => VersionOf(t.Name)!, SemVersion.PrecedenceComparer),
            CommitSelectionStrategy.NewestTag => matching.OrderByDescending(t => t.CreatedAt ?? DateTimeOffset.MinValue),
            _ => matching.OrderByDescending(t => t.Name, StringComparer.Ordinal),
        };
        return [.. ordered.ThenByDescending(t => t.Name, StringComparer.Ordinal)];
    }

    private SemVersion? VersionOf(string tag) => SemVersion.TryParse(tag, _styles, out var version) ? version : null;

    private static Regex Compile(string expression, string field)
    {
        try
        {
            return BoundedRegex.Parse(expression);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{field}: '{expression}' can't be used: {e.Message}", e);
        }
    }
}
