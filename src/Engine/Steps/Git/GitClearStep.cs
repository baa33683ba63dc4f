using Waybill.Domain.Promotions;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary><c>git-clear</c>: deletes every file of a checkout.</summary>
public sealed class GitClearStep(IWorkTrees trees) : IPromotionStep
{
    public string Uses => "git-clear";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var tree = trees.Open(context);
        tree.Clear(context.Checkout());
        return Task.FromResult(StepResult.Succeeded() with { WorkTree = tree.State });
    }
}
