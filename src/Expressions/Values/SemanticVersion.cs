using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.Expressions.Values;

/// <summary>A semantic version read as loosely as Kargo reads them: an optional v, and minor and patch may be missing.</summary>
internal sealed partial record SemanticVersion(ulong Major, ulong Minor, ulong Patch, string Prerelease, string Metadata)
{
    private const int LongestText = 256;

    private string Original { get; init; } = "";

    public static SemanticVersion? TryParse(string text)
    {
        var match = text.Length <= LongestText ? Pattern().Match(text) : Match.Empty;

        return match.Success
            && TryPart(match, "major", out var major)
            && TryPart(match, "minor", out var minor)
            && TryPart(match, "patch", out var patch)
                ? new(major, minor, patch, match.Groups["pre"].Value, match.Groups["meta"].Value) { Original = text }
                : null;
    }

    public string Text(bool original) => original && Original.Length > 0 ? Original : ToString();

    public override string ToString() =>
        $"{Major}.{Minor}.{Patch}"
        + (Prerelease.Length > 0 ? "-" + Prerelease : "")
        + (Metadata.Length > 0 ? "+" + Metadata : "");

    public SemanticVersion NextMajor() => new(Major + 1, 0, 0, "", "");

    public SemanticVersion NextMinor() => new(Major, Minor + 1, 0, "", "");

    // A prerelease's next patch is the release itself.
    public SemanticVersion NextPatch() => new(Major, Minor, Prerelease.Length > 0 ? Patch : Patch + 1, "", "");

    public int CompareTo(SemanticVersion other)
    {
        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

        return numbers != 0 ? numbers : ComparePrerelease(Prerelease, other.Prerelease);
    }

    private static bool TryPart(Match match, string name, out ulong part)
    {
        part = 0;
        var group = match.Groups[name];

        return !group.Success || ulong.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out part);
    }

    private static int ComparePrerelease(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return (left.Length == 0 ? 1 : 0) - (right.Length == 0 ? 1 : 0);
        }

        var (ours, theirs) = (left.Split('.'), right.Split('.'));
        for (var index = 0; index < Math.Min(ours.Length, theirs.Length); index++)
        {
            var order = CompareIdentifiers(ours[index], theirs[index]);
            if (order != 0)
            {
                return order;
            }
        }

        return ours.Length.CompareTo(theirs.Length);
    }

    private static int CompareIdentifiers(string left, string right)
    {
        var leftIsNumber = ulong.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var a);
        var rightIsNumber = ulong.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var b);

        return (leftIsNumber, rightIsNumber) switch
        {
            (true, true) => a.CompareTo(b),
            (false, false) => string.CompareOrdinal(left, right),
            _ => leftIsNumber ? -1 : 1,
        };
    }

    [GeneratedRegex(
        @"\Av?(?<major>[0-9]+)(\.(?<minor>[0-9]+))?(\.(?<patch>[0-9]+))?"
        + @"(-(?<pre>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?(\+(?<meta>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
