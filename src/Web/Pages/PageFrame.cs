using Waybill.Web.Viewing;

namespace Waybill.Web.Pages;

/// <summary>What every page needs to know, whatever is on it.</summary>
/// <param name="Title">The page's name.</param>
/// <param name="Now">The time that ages are counted to.</param>
/// <param name="Visitor">Who looks; null on pages for anybody.</param>
/// <param name="Project">The project that it is about; null for none.</param>
public sealed record PageFrame(string Title, DateTimeOffset Now, Visitor? Visitor = null, string? Project = null)
{
    /// <summary>Whether the page keeps itself up to date while it is open.</summary>
    public bool Refreshes { get; init; }

    public bool MayPromote => Visitor?.MayPromote is true;

    /// <summary>What is wrong with the newest manifests, which therefore are not in force.</summary>
    public IReadOnlyList<string> ManifestProblems { get; init; } = [];
}
