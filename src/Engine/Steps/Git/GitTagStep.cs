using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary><c>git-tag</c>: describes an annotated tag of the checkout's newest commit; <c>git-push</c> with <c>tag</c> makes it.</summary>
public sealed class GitTagStep : IPromotionStep
{
    public string Uses => "git-tag";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(1);

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (config, checkout) = (context.Config, context.Checkout());
        var tag = new LocalTag(config.RequiredText("tag"), config.RequiredText("message"), checkout.Head);
        var isTaken = checkout.Tags.Any(t => t.Name == tag.Name && t != tag);
        return Task.FromResult(isTaken && !config.Flag("force")
            ? StepResult.Failed($"This promotion made a tag {tag.Name} before: choose another name, or set force to replace it.")
            : StepResult.Succeeded($"Tag {tag.Name} is ready to be pushed.", new JsonObject { ["commit"] = tag.Commit }) with
            {
                WorkTree = context.Promotion.WorkTree.With(checkout with { Tags = [.. checkout.Tags.Where(t => t.Name != tag.Name), tag] }),
            });
    }
}
