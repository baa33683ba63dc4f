using Waybill.Domain.Promotions;

namespace Waybill.Engine.Steps.Git;

/// <summary><c>git-clear</c>: deletes every file of a checkout.</summary>
public sealed class GitClearStep(WorkTrees.WorkTrees trees) : IPromotionStep
{
    public string Uses => "git-clear";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var tree = trees.Begin(context);
        tree.Clear(context.Checkout());
        return Task.FromResult(StepResult.Succeeded() with { WorkTree = tree.State });
    }
}
