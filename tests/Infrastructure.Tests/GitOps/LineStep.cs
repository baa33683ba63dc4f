using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Waybill.Domain.Promotions;
using Waybill.Engine.Steps;
using Waybill.Engine.WorkTrees;

namespace Waybill.Infrastructure.Tests.GitOps;

/// <summary>Gives the line <c>key: ...</c> of a file another value, and leaves the others alone.</summary>
internal sealed class LineEditor : IFileEditor
{
    public const string Name = "set-line";

    public string Kind => Name;

    public string Apply(string? before, JsonObject arguments)
    {
        var (key, value) = ((string)arguments["key"]!, (string)arguments["value"]!);
        var line = new Regex($"^{Regex.Escape(key)}: .*$", RegexOptions.Multiline);
        return before is not null && line.IsMatch(before)
            ? line.Replace(before, $"{key}: {value}", 1)
            : throw new FileEditException($"There is no line {key}.");
    }
}

/// <summary>A step that makes one <see cref="LineEditor"/> edit.</summary>
internal sealed class LineStep(IWorkTrees trees) : IPromotionStep
{
    public string Uses => LineEditor.Name;

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(1);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var tree = trees.Open(context);
        await tree.EditAsync(context.Config.RequiredText("path"), LineEditor.Name, (JsonObject)context.Config.DeepClone(), cancellationToken);
        return StepResult.Succeeded() with { WorkTree = tree.State };
    }
}
