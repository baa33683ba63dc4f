using Waybill.Domain.Pipelines;

namespace Waybill.Manifests.Tests;

/// <summary>Manifests for tests: a good project, and pieces that tests put into it.</summary>
internal static class Yaml
{
    public const string File = "p.yaml";

    public const string Project = """
        apiVersion: kargo.akuity.io/v1alpha1
        kind: Project
        metadata: {name: demo}
        """;

    public const string Warehouse = """
        apiVersion: kargo.akuity.io/v1alpha1
        kind: Warehouse
        metadata: {name: program}
        spec:
          subscriptions:
            - git: {repoURL: https://github.com/acme/program}
        """;

    public static string Document(string kind, string name, string spec) => $"""
        apiVersion: kargo.akuity.io/v1alpha1
        kind: {kind}
        metadata: {"{"}name: {name}{"}"}
        spec:
        {Indent(spec)}
        """;

    /// <summary>A stage fed by the warehouse or by other stages.</summary>
    public static string Stage(string name, string[]? from = null, string template = "") => Document("Stage", name, $$"""
        requestedFreight:
          - origin: {kind: Warehouse, name: program}
            sources: {{(from is null ? "{direct: true}" : $"{{stages: [{string.Join(", ", from)}]}}")}}
        {{template}}
        """);

    /// <summary>A stage with these steps.</summary>
    public static string StageWithSteps(string steps) => Stage("dev", template: $"""
        promotionTemplate:
          spec:
            steps:
        {Indent(steps, 6)}
        """);

    public static string Join(params string[] documents) => string.Join("\n---\n", documents);

    public static ManifestLoadResult Load(params string[] documents) =>
        ManifestLoader.Parse([ManifestFile.FromText(File, Join(documents))]);

    /// <summary>The one pipeline of a good project with these documents besides the project and its warehouse.</summary>
    public static Pipeline Pipeline(params string[] documents)
    {
        var result = Load([Project, Warehouse, .. documents]);
        Assert.Empty(result.Errors);
        return Assert.Single(result.Pipelines);
    }

    /// <summary>The errors of a project with these documents, without the file's name.</summary>
    public static IReadOnlyList<string> Errors(params string[] documents) =>
        [.. Load([Project, Warehouse, .. documents]).Errors.Select(Said)];

    /// <summary>Path and message, which stay when lines shift.</summary>
    public static string Said(ManifestProblem problem) => problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}";

    public static string Indent(string text, int by = 2) =>
        string.Join('\n', text.Split('\n').Select(l => l.Length == 0 ? l : new string(' ', by) + l));
}
