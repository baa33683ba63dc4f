using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Engine.WorkTrees;
using Waybill.Engine.WorkTrees.Editing.Yaml;

namespace Waybill.Engine.Steps.Files;

/// <summary><c>yaml-merge</c>: lays YAML files over each other in order and writes the result.</summary>
public sealed class YamlMergeStep(IWorkTrees trees) : IPromotionStep
{
    public string Uses => "yaml-merge";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(5);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (config, tree) = (context.Config, trees.Open(context));
        var outFile = config.RequiredText("outFile");
        var found = new List<(string Path, string Text)>();
        foreach (var path in InFiles(config))
        {
            if (await FilePaths.NamedAsync(path, () => ReadAsync(tree, path, config.Flag("ignoreMissingFiles"), cancellationToken)) is { } text)
            {
                found.Add((path, text));
            }
        }

        await FilePaths.NamedAsync(
            outFile, () => tree.EditAsync(outFile, YamlMergeEditor.EditKind, Arguments(found, outFile), cancellationToken));
        return StepResult.Succeeded($"Merged {found.Count} files to {outFile}.", Output([.. found.Select(f => f.Path)], outFile)) with { WorkTree = tree.State };
    }

    private static async Task<string?> ReadAsync(IWorkTree tree, string path, bool mayBeMissing, CancellationToken cancellationToken)
    {
        var text = await tree.ReadAsync(path, cancellationToken);
        if (text is null)
        {
            return mayBeMissing ? null : throw new FileEditException("there is no such file");
        }

        // Read by itself, so that an error names the file that is wrong.
        YamlMergeEditor.Merge([text]);
        return text;
    }

    private static IEnumerable<string> InFiles(JsonObject config) => config["inFiles"] is JsonArray { Count: > 0 } files
        ? files.Select(f => f is JsonValue path && path.GetValueKind() is JsonValueKind.String && path.GetValue<string>() is { Length: > 0 } text
            ? text
            : throw new StepConfigException("config.inFiles must be a list of paths."))
        : throw new StepConfigException("config.inFiles is missing or empty.");

    private static JsonObject Arguments(List<(string Path, string Text)> found, string outFile) => found is [var first, ..] && first.Path == outFile
        ? new() { ["over"] = new JsonArray([.. found.Skip(1).Select(f => (JsonNode)f.Text)]) }
        : new() { ["contents"] = YamlMergeEditor.Merge(found.Select(f => f.Text)) };

    private static JsonObject? Output(IReadOnlyList<string> paths, string outFile) => paths switch
    {
        [] => null,
        [var only] => new() { ["commitMessage"] = $"Wrote {only} to {outFile}" },
        _ => new() { ["commitMessage"] = $"Merged {paths.Count} YAML files to {outFile}\n- {string.Join("\n- ", paths)}" },
    };
}
