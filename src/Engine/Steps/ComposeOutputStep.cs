using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Steps;

/// <summary><c>compose-output</c>: its configuration, evaluated, is its output.</summary>
public sealed class ComposeOutputStep : IPromotionStep
{
    public string Uses => "compose-output";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(1);

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(StepResult.Succeeded(output: (JsonObject)context.Config.DeepClone()));
}
