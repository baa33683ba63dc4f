using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Engine.WorkTrees;
using Waybill.Engine.WorkTrees.Editing;
using Waybill.Expressions;

namespace Waybill.Engine.Steps.Files;

/// <summary><c>yaml-parse</c>, <c>json-parse</c> and <c>toml-parse</c>: reads values out of a file with expressions.</summary>
public sealed class FileParseStep(IFileFormat format, IWorkTrees trees, ExpressionCache cache) : IPromotionStep
{
    private const char ByteOrderMark = '\uFEFF';

    public string Uses => $"{format.Name}-parse";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(5);

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var path = context.Config.RequiredText("path");
        var outputs = context.Config.Objects("outputs");
        return outputs.Count == 0
            ? throw new StepConfigException("config.outputs is missing or empty.")
            : FilePaths.NamedAsync(path, () => ParseAsync(trees.Open(context), path, outputs, cancellationToken));
    }

    private async Task<StepResult> ParseAsync(
        IWorkTree tree, string path, IReadOnlyList<JsonObject> outputs, CancellationToken cancellationToken)
    {
        var text = await tree.ReadAsync(path, cancellationToken) ?? throw new FileEditException("there is no such file");
        EditLimits.Check(text);
        var scope = new FileScope(format.Parse(text.TrimStart(ByteOrderMark)));
        var values = outputs.Select(o => KeyValuePair.Create(o.RequiredText("name"), Read(o.RequiredText("fromExpression"), scope)));
        return StepResult.Succeeded($"Read {path}.", new JsonObject(values)) with { WorkTree = tree.State };
    }

    private JsonNode? Read(string expression, FileScope scope)
    {
        try
        {
            return ExpressionValue.ToJson(cache.Expression(expression).Evaluate(scope));
        }
        catch (ExpressionException error)
        {
            throw new FileEditException($"{expression}: {error.Message.TrimEnd('.')}", error);
        }
    }
}
