using System.Text.RegularExpressions;
using Semver;

namespace Waybill.Manifests.Patterns;

/// <summary>
/// Checks semantic version constraints as Kargo writes them: npm's ranges, and besides commas for "and", <c>!=</c>,
/// <c>=&gt;</c>, <c>=&lt;</c> and <c>~&gt;</c>. The engine reads the same.
/// </summary>
internal static partial class VersionRanges
{
    private const int MaxLength = 256;

    public static bool IsValid(string constraint) => constraint.Length <= MaxLength && constraint.Split("||").All(IsValidAlternative);

    private static bool IsValidAlternative(string text)
    {
        var unified = text.Replace(',', ' ').Replace("=>", ">=", StringComparison.Ordinal)
            .Replace("=<", "<=", StringComparison.Ordinal).Replace("~>", "~", StringComparison.Ordinal);
        return Exclusion().Matches(unified).All(m => SemVersionRange.TryParseNpm(m.Groups[1].Value, out _))
            && SemVersionRange.TryParseNpm(Exclusion().Replace(unified, " ").Trim(), out _);
    }

    [GeneratedRegex(@"!=\s*(\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex Exclusion();
}
