using Waybill.Manifests.Documents;
using Waybill.Manifests.Files;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Resolving;
using Waybill.Manifests.Steps;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests;

/// <summary>Reads Kargo-shaped YAML into pipelines and reports every mistake of all files at once.</summary>
public static class ManifestLoader
{
    /// <summary>Loads all <c>.yaml</c> and <c>.yml</c> files of a folder and its subfolders. What cannot be read is an error in the result.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <param name="steps">The steps there are; <see cref="StepSchemas.BuiltIn"/> when null.</param>
    public static ManifestLoadResult Load(string folder, IReadOnlyDictionary<string, StepSchema>? steps = null) =>
        Load(FolderReader.Read(folder), steps);

    /// <summary>The same from files in memory; touches nothing outside.</summary>
    public static ManifestLoadResult Parse(IEnumerable<ManifestFile> files, IReadOnlyDictionary<string, StepSchema>? steps = null) =>
        Load(new FolderContent([.. files], []), steps);

    internal static ManifestLoadResult Load(FolderContent content, IReadOnlyDictionary<string, StepSchema>? steps)
    {
        var problems = new ProblemList();
        foreach (var problem in content.Problems)
        {
            problems.Unreadable(Place.WholeFile(problem.File), problem.Message);
        }

        var documents = new DocumentReader(steps ?? StepSchemas.BuiltIn);
        var drafts = content.Files
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .SelectMany(file => YamlFile.Read(file, problems).Select(node => new Cursor(node, "", file.Path, problems)))
            .ToList()
            .ConvertAll(documents.Read)
            .OfType<Draft>();

        var pipelines = ProjectDrafts.Group(drafts.ToList(), problems).Select(project => new PipelineBuilder(project, problems).Build()).ToList();
        return new ManifestLoadResult
        {
            Pipelines = problems.Any ? [] : pipelines,
            Errors = problems.Errors(),
            Notices = problems.Notices(),
        };
    }
}
