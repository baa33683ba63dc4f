using Waybill.Domain.Promotions;
using Waybill.Engine.Steps;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>A step that comes to what a test says, run after run; a run more than that throws.</summary>
internal sealed class ScriptedStep(string uses, params Func<StepContext, StepResult>[] runs) : IPromotionStep
{
    public string Uses => uses;

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(5);

    public int Runs { get; private set; }

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Runs < runs.Length ? runs[Runs++](context) : throw new InvalidOperationException($"{uses} was run once more than expected."));
}
