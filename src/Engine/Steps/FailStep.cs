using Waybill.Domain.Promotions;

namespace Waybill.Engine.Steps;

/// <summary><c>fail</c>: fails with the configured message.</summary>
public sealed class FailStep : IPromotionStep
{
    public string Uses => "fail";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(1);

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(StepResult.Failed(context.Config.Text("message") is { Length: > 0 } message ? message : "Failed on purpose."));
}
