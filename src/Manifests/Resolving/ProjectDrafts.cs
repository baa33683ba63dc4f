using Waybill.Manifests.Documents;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Resolving;

/// <summary>Everything that the documents of one namespace say.</summary>
internal sealed record ProjectDrafts(string Name, IReadOnlyList<Draft> Drafts)
{
    /// <summary>What belongs to no namespace and is there for all.</summary>
    public IReadOnlyList<Draft> Shared { get; init; } = [];

    public IEnumerable<T> Of<T>()
        where T : Draft => Drafts.Concat(Shared).OfType<T>();

    /// <summary>The names of a kind, those of documents that could not be read included.</summary>
    public IReadOnlySet<string> NamesOf(string kind) =>
        Drafts.Concat(Shared).Where(d => d.Document.Kind == kind).Select(d => d.Document.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Sorts documents into projects; reports those that belong nowhere and those that stand twice.</summary>
    public static IReadOnlyList<ProjectDrafts> Group(IEnumerable<Draft> drafts, ProblemList problems)
    {
        var all = drafts.Where(d => d.Document.Name.Length > 0).ToList();
        var shared = Distinct(all.Where(d => d.Document.Kind == Kinds.ClusterAnalysisTemplate), problems);
        var named = all.Where(d => d.Document.Kind != Kinds.ClusterAnalysisTemplate).ToList();
        var projects = named.OfType<ProjectDraft>().Select(p => p.Document.Name).Distinct(StringComparer.Ordinal).ToList();
        var placed = named
            .Select(d => (Project: ProjectOf(d, projects, problems), Draft: d))
            .Where(d => d.Project is not null)
            .ToLookup(d => d.Project!, d => d.Draft);

        var groups = placed.OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ProjectDrafts(g.Key, Distinct(g, problems)) { Shared = shared }).ToList();
        foreach (var group in groups.Where(g => !projects.Contains(g.Name) && !problems.IsIncomplete))
        {
            ReportMissingProject(group, projects, problems);
        }

        return groups;
    }

    private static string? ProjectOf(Draft draft, List<string> projects, ProblemList problems)
    {
        var document = draft.Document;
        if (document.Kind is Kinds.Project or Kinds.ProjectConfig)
        {
            if (document.Namespace is { } other && other != document.Name)
            {
                problems.Error(document.Place, $"{document.Kind} {document.Name} has the namespace {other}: a project's namespace has its name");
            }

            return document.Name;
        }

        if (document.Namespace is null && projects.Count != 1)
        {
            problems.Error(document.Place, projects.Count == 0
                ? $"no Project: add a document of apiVersion {Kinds.KargoApiVersion}, kind Project, and its name here as metadata.namespace"
                : $"metadata.namespace is required where there are several projects: {string.Join(", ", projects)}");
        }

        return document.Namespace ?? (projects.Count == 1 ? projects[0] : null);
    }

    private static List<Draft> Distinct(IEnumerable<Draft> drafts, ProblemList problems)
    {
        var first = new Dictionary<(string Kind, string Name), Draft>();
        foreach (var draft in drafts)
        {
            var document = draft.Document;
            if (!first.TryAdd((document.Kind, document.Name), draft))
            {
                problems.Error(document.Place, $"duplicate {document.Kind} {document.Name}: it already stands at {first[(document.Kind, document.Name)].Document.Place}");
            }
        }

        return [.. first.Values];
    }

    private static void ReportMissingProject(ProjectDrafts group, List<string> projects, ProblemList problems)
    {
        var suggestion = Suggestion.For(group.Name, projects);
        var others = group.Drafts.Count == 1 ? "" : $" ({group.Drafts.Count} documents are in that namespace)";
        var remedy = suggestion.Length > 0 ? suggestion : $": add a document of apiVersion {Kinds.KargoApiVersion}, kind Project, name {group.Name}";
        problems.Error(group.Drafts[0].Document.Place, $"there is no Project {group.Name}{others}{remedy}");
    }
}
