using System.Diagnostics.CodeAnalysis;
using Waybill.Domain.Pipelines;

namespace Waybill.Engine.Discovery;

/// <summary>
/// A subscription's path filters, by Kargo's rule: a change counts when at least one changed path is included (or nothing says
/// what is) and not excluded.
/// </summary>
public sealed class PathFilter
{
    private readonly IReadOnlyList<Func<string, bool>> _include;
    private readonly IReadOnlyList<Func<string, bool>> _exclude;

    private PathFilter(IReadOnlyList<Func<string, bool>> include, IReadOnlyList<Func<string, bool>> exclude)
    {
        _include = include;
        _exclude = exclude;
    }

    /// <summary>False when a pattern can't be read; the problem names it.</summary>
    public static bool TryCreate(
        IEnumerable<Pattern> include,
        IEnumerable<Pattern> exclude,
        [NotNullWhen(true)] out PathFilter? filter,
        [NotNullWhen(false)] out string? problem)
    {
        (filter, problem) = (null, null);
        try
        {
            filter = new PathFilter([.. include.Select(p => Compile(p, "includePaths"))], [.. exclude.Select(p => Compile(p, "excludePaths"))]);
            return true;
        }
        catch (FormatException e)
        {
            problem = e.Message;
            return false;
        }
    }

    /// <summary>Whether one changed path is enough to make the change count.</summary>
    public bool Passes(IEnumerable<string> changedPaths) => changedPaths.Any(Passes);

    private bool Passes(string path) => (_include.Count == 0 || _include.Any(i => i(path))) && !_exclude.Any(e => e(path));

    private static Func<string, bool> Compile(Pattern pattern, string field)
    {
        try
        {
            return pattern.Kind switch
            {
                PatternKind.Glob => GlobPattern.Parse(pattern.Text).IsMatch,
                PatternKind.Regex => BoundedRegex.Parse(pattern.Text).IsMatch,
                _ => path => IsAtOrBelow(path, pattern.Text),
            };
        }
        catch (FormatException e)
        {
            throw new FormatException($"{field}: '{pattern}' can't be used: {e.Message}", e);
        }
    }

    private static bool IsAtOrBelow(string path, string root)
    {
        var trimmed = root.TrimEnd('/');
        return trimmed is "" or "."
            || (path.StartsWith(trimmed, StringComparison.Ordinal) && (path.Length == trimmed.Length || path[trimmed.Length] is '/'));
    }
}
