using Waybill.Domain.Promotions;
using Waybill.Engine.Steps;

namespace Waybill.Functions.Tests.World;

/// <summary>A step whose results a test says, by how often it was run.</summary>
internal sealed class ScriptedStep : IPromotionStep
{
    public const string Name = "scripted";

    private int _runs;

    public string Uses => Name;

    public TimeSpan DefaultTimeout => TimeSpan.FromHours(8);

    public int Runs => Volatile.Read(ref _runs);

    /// <summary>What the nth run comes to, the first being 1.</summary>
    public Func<int, StepResult> Result { get; set; } = _ => StepResult.Succeeded("Done.");

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Result(Interlocked.Increment(ref _runs)));
}
