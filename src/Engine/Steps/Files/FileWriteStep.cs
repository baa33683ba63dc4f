using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Files;

/// <summary><c>file-write</c>: gives a file its whole text.</summary>
public sealed class FileWriteStep(WorkTrees.WorkTrees trees) : IPromotionStep
{
    public string Uses => "file-write";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (config, tree) = (context.Config, trees.Begin(context));
        var path = config.RequiredText("path");
        if (path.StartsWith('/'))
        {
            return StepResult.Failed($"config.path is {path}: write it relative to the promotion's working directory.");
        }

        var contents = config["contents"] is null ? throw new StepConfigException("config.contents is missing.") : TextOf(config);
        if (!config.Flag("overwrite") && await tree.FindAsync(path, cancellationToken) is not PathContent.Nothing)
        {
            return StepResult.Failed($"{path} exists already: set overwrite to true to replace it.");
        }

        var changed = await tree.EditAsync(path, FileWriteEditor.Name, FileWriteEditor.Arguments(contents), cancellationToken);
        return StepResult.Succeeded(changed ? $"Wrote {path}." : $"{path} has these contents already.") with { WorkTree = tree.State };
    }

    // An expression that is the whole value keeps its type: an object is written as JSON.
    private static string TextOf(JsonObject config) => config["contents"] is JsonValue ? config.Text("contents")! : config["contents"]!.ToJsonString(Indented);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
