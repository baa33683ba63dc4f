using System.Text;
using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Engine.WorkTrees;
using Waybill.Engine.WorkTrees.Editing;

namespace Waybill.Engine.Steps.Files;

/// <summary><c>yaml-update</c>, <c>json-update</c> and <c>toml-update</c>: sets values in a file, every other character as it was.</summary>
public sealed class FileUpdateStep(IFileFormat format, IWorkTrees trees) : IPromotionStep
{
    public string Uses => $"{format.Name}-update";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(5);

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var path = context.Config.RequiredText("path");
        var updates = context.Config.Objects("updates");
        return updates.Count == 0
            ? throw new StepConfigException("config.updates is missing or empty.")
            : FilePaths.NamedAsync(path, () => UpdateAsync(trees.Open(context), path, updates, cancellationToken));
    }

    private async Task<StepResult> UpdateAsync(
        IWorkTree tree, string path, IReadOnlyList<JsonObject> updates, CancellationToken cancellationToken)
    {
        var arguments = new JsonObject { ["updates"] = new JsonArray([.. updates.Select(Argument)]) };
        var isChanged = await tree.EditAsync(path, Uses, arguments, cancellationToken);
        return StepResult.Succeeded(
            isChanged ? $"Updated {path}." : $"{path} has the values already.",
            new JsonObject { ["commitMessage"] = CommitMessage(path, updates) }) with
        {
            WorkTree = tree.State,
        };
    }

    // Only what the editor reads: the edit is stored.
    private static JsonObject Argument(JsonObject update) =>
        new() { ["key"] = update.RequiredText("key"), ["value"] = update["value"]?.DeepClone() };

    private string CommitMessage(string path, IReadOnlyList<JsonObject> updates)
    {
        var message = new StringBuilder($"Updated {path}\n");
        foreach (var update in updates)
        {
            message.Append($"\n- {update.RequiredText("key")}: {format.Show(update["value"])}");
        }

        return message.ToString();
    }
}
