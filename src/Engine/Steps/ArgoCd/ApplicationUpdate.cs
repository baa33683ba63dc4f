using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;

namespace Waybill.Engine.Steps.ArgoCd;

/// <summary>One entry of <c>argocd-update</c>'s <c>apps</c>.</summary>
/// <param name="Target">Which Applications.</param>
/// <param name="Sources">What is wanted of their sources; empty to sync them as they are.</param>
internal sealed record ApplicationUpdate(ApplicationTarget Target, IReadOnlyList<SourceUpdate> Sources)
{
    public static IReadOnlyList<ApplicationUpdate> Read(JsonObject config)
    {
        var apps = config.Objects("apps");
        return apps.Count == 0
            ? throw new StepConfigException("config.apps is missing or empty.")
            : [.. apps.Select(a => new ApplicationUpdate(ApplicationTarget.Read(a), [.. a.Objects("sources").Select(SourceUpdate.Read)]))];
    }

    /// <summary>The revision wanted of each source; empty text where any will do.</summary>
    public IReadOnlyList<string> DesiredRevisions(ApplicationSnapshot application) =>
        [.. application.Sources.Select(source => Sources.FirstOrDefault(u => u.IsAbout(source))?.DesiredRevision ?? "")];

    /// <summary>Why it can't be applied to an Application; null when it can.</summary>
    public string? WhyNot(ApplicationSnapshot application) => Sources.FirstOrDefault(u => !application.Sources.Any(u.IsAbout)) is { } stray
        ? $"no source has the repository {stray.RepoUrl}{(stray.Chart is null ? "" : $" and the chart {stray.Chart}")}: correct repoURL in the step, or the Application"
        : null;

    /// <summary>All sources as they should be; null when none changes.</summary>
    public IReadOnlyList<JsonObject>? Apply(ApplicationSnapshot application)
    {
        if (!Sources.Any(s => s.ChangesSource))
        {
            return null;
        }

        // As in Kargo, each update goes to the first source that it is about.
        JsonObject[] sources = [.. application.Sources.Select(s => s.Content)];
        foreach (var update in Sources)
        {
            var index = application.Sources.ToList().FindIndex(update.IsAbout);
            sources[index] = update.Apply(sources[index]);
        }

        return sources;
    }
}
