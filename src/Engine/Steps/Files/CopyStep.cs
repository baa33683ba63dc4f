using Waybill.Domain.Promotions;

namespace Waybill.Engine.Steps.Files;

/// <summary><c>copy</c>: copies a file or a directory, over what is there.</summary>
public sealed class CopyStep(WorkTrees.WorkTrees trees) : IPromotionStep
{
    public string Uses => "copy";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (config, tree) = (context.Config, trees.Begin(context));
        var (from, to) = (config.RequiredText("inPath"), config.RequiredText("outPath"));
        await tree.CopyAsync(from, to, config.Text("ignore"), cancellationToken);
        return StepResult.Succeeded($"Copied {from} to {to}.") with { WorkTree = tree.State };
    }
}
