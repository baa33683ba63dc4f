using System.Diagnostics.CodeAnalysis;

namespace Waybill.Expressions.JsonPaths;

/// <summary>
/// A path into JSON as kubectl and Argo Rollouts write it: <c>{$.items[*].name}</c>, with or without the braces and the
/// <c>$</c>. Fields, indexes, slices, unions, wildcards, recursive descent and filters are understood; <c>range</c>, text around
/// the braces and several pairs of them, which make a text rather than a value, are refused.
/// </summary>
public sealed class KubernetesJsonPath
{
    /// <summary>More values than any condition looks at; beyond it a path over a large answer is refused.</summary>
    internal const int MaxValues = 100_000;

    private readonly IReadOnlyList<PathSegment> _segments;

    private KubernetesJsonPath(string text, IReadOnlyList<PathSegment> segments) => (Text, _segments) = (text, segments);

    /// <summary>The text it was parsed from.</summary>
    public string Text { get; }

    /// <summary>Reads a path; otherwise says what is wrong with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out KubernetesJsonPath? path, [NotNullWhen(false)] out string? error)
    {
        var parser = new PathParser(text);
        path = parser.ParseWhole() is { } segments ? new KubernetesJsonPath(text, segments) : null;
        error = path is null ? parser.Error ?? "is no path" : null;
        return path is not null;
    }

    /// <summary>Everything it leads to in a value of expressions. A field or an index that is not there is an error that names it.</summary>
    public PathFindings Find(object? root)
    {
        var found = new List<object?> { root };
        foreach (var segment in _segments)
        {
            var next = new List<object?>();
            foreach (var value in found)
            {
                if (segment.Select(value, root, next) is { } problem)
                {
                    return new PathFindings([], problem);
                }

                if (next.Count > MaxValues)
                {
                    return new PathFindings([], $"{Text} leads to more than {MaxValues} values.");
                }
            }

            found = next;
        }

        return new PathFindings(found, null);
    }
}

/// <summary>What a path leads to.</summary>
/// <param name="Values">The values in the document's order.</param>
/// <param name="Problem">Why it leads nowhere; null when it does.</param>
public sealed record PathFindings(IReadOnlyList<object?> Values, string? Problem);
