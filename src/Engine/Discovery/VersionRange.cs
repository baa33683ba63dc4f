using System.Text.RegularExpressions;
using Semver;

namespace Waybill.Engine.Discovery;

/// <summary>
/// A semantic version constraint as Kargo writes it (Go's Masterminds library): npm's ranges, and besides commas for "and",
/// <c>!=</c>, <c>=&gt;</c>, <c>=&lt;</c> and <c>~&gt;</c>. Pre-releases count only where the constraint names one.
/// </summary>
internal sealed partial class VersionRange
{
    private readonly IReadOnlyList<Alternative> _alternatives;

    private VersionRange(IReadOnlyList<Alternative> alternatives) => _alternatives = alternatives;

    /// <exception cref="FormatException">The constraint can't be read.</exception>
    public static VersionRange Parse(string constraint)
    {
        try
        {
            return new VersionRange([.. constraint.Split("||").Select(ParseAlternative)]);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new FormatException($"semverConstraint: '{constraint}' is not a version range such as '^1.2' or '>=1.0.0, <2.0.0': {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    public bool Contains(SemVersion version) =>
        _alternatives.Any(a => a.Range.Contains(version) && !a.Excluded.Any(e => e.Contains(version)));

    private static Alternative ParseAlternative(string text)
    {
        var unified = text.Replace(',', ' ').Replace("=>", ">=", StringComparison.Ordinal)
            .Replace("=<", "<=", StringComparison.Ordinal).Replace("~>", "~", StringComparison.Ordinal);
        var excluded = Exclusion().Matches(unified).Select(m => SemVersionRange.ParseNpm(m.Groups[1].Value, includeAllPrerelease: true));
        var included = Exclusion().Replace(unified, " ").Trim();
        return new Alternative(SemVersionRange.ParseNpm(included is "" ? "*" : included, NamesPrerelease().IsMatch(unified)), [.. excluded]);
    }

    [GeneratedRegex(@"!=\s*(\S+)")]
    private static partial Regex Exclusion();

    // "1.2.3-rc.1", not the hyphen range "1.2 - 2.3".
    [GeneratedRegex(@"\d-[0-9A-Za-z]")]
    private static partial Regex NamesPrerelease();

    private sealed record Alternative(SemVersionRange Range, IReadOnlyList<SemVersionRange> Excluded);
}
