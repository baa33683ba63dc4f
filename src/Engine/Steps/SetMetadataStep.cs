using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Steps;

/// <summary><c>set-metadata</c>: attaches values to freight or stages for later expressions to read.</summary>
public sealed class SetMetadataStep : IPromotionStep
{
    public string Uses => "set-metadata";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(1);

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var updates = context.Config.Objects("updates").Select(ReadUpdate).ToList();
        return Task.FromResult(updates.Count == 0
            ? throw new StepConfigException("config.updates is missing or empty.")
            : StepResult.Succeeded() with { Metadata = updates });
    }

    private static MetadataUpdate ReadUpdate(JsonObject update)
    {
        var onFreight = update.RequiredText("kind") switch
        {
            "Freight" => true,
            "Stage" => false,
            var kind => throw new StepConfigException($"config.updates[].kind is \"{kind}\"; it must be Freight or Stage."),
        };

        return update["values"] is JsonObject { Count: > 0 } values
            ? new MetadataUpdate(onFreight, update.RequiredText("name"), values.ToDictionary(v => v.Key, v => v.Value?.DeepClone()))
            : throw new StepConfigException("config.updates[].values is missing or empty.");
    }
}
