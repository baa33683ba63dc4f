namespace Waybill.Manifests.Reading;

/// <summary>Collects the problems of a folder while it is read.</summary>
internal sealed class ProblemList
{
    private readonly List<ManifestProblem> _errors = [];
    private readonly List<ManifestProblem> _notices = [];

    public bool Any => _errors.Count > 0;

    /// <summary>Whether a file or document could not be read as YAML at all, so that what it declares is not known.</summary>
    public bool IsIncomplete { get; private set; }

    public void Error(Place place, string message) => _errors.Add(Problem(place, message));

    public void Notice(Place place, string message) => _notices.Add(Problem(place, message));

    public void Unreadable(Place place, string message)
    {
        IsIncomplete = true;
        Error(place, message);
    }

    public IReadOnlyList<ManifestProblem> Errors() => Capped(_errors);

    public IReadOnlyList<ManifestProblem> Notices() => Capped(_notices);

    private static ManifestProblem Problem(Place place, string message) =>
        new(place.File, place.Line, place.Column, place.Path, message);

    private static List<ManifestProblem> Capped(List<ManifestProblem> problems)
    {
        var sorted = ManifestProblem.InOrder(problems).ToList();
        if (sorted.Count > ManifestLimits.MaxProblems)
        {
            var last = sorted[ManifestLimits.MaxProblems];
            var more = sorted.Count - ManifestLimits.MaxProblems;
            sorted.RemoveRange(ManifestLimits.MaxProblems, more);
            sorted.Add(last with { Path = "", Message = $"{more} more problems from here on are not listed" });
        }

        return sorted;
    }
}
