using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.GitOps;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary>
/// <c>git-push</c>: moves a branch (or creates a tag) to what <c>git-commit</c> made. Where the branch moved meanwhile, the edits are
/// made again on its new head; the output's commit is the one that is on the branch. Run twice, it finds its commits there.
/// The Stacks whose manifests it pushed are what the stage is judged by from then on.
/// </summary>
public sealed class GitPushStep(BranchPusher pusher, TagPusher tags, PushedStacks stacks, ArgoCdNudge nudge) : IPromotionStep
{
    private const int DefaultAttempts = 10;

    public string Uses => "git-push";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (config, checkout) = (context.Config, context.Checkout());
        var target = config.Text("targetBranch") is { Length: > 0 } named ? named : null;
        var tag = config.Text("tag") is { Length: > 0 } tagName ? tagName : null;
        var (generate, force) = (config.Flag("generateTargetBranch"), config.Flag("force"));
        if ((generate ? 1 : 0) + (target is null ? 0 : 1) + (tag is null ? 0 : 1) > 1 || (tag is not null && force))
        {
            throw new StepConfigException("config: targetBranch, generateTargetBranch and tag exclude each other, and tag excludes force.");
        }

        if (tag is not null)
        {
            return await tags.PushAsync(checkout, tag, cancellationToken);
        }

        var branch = generate ? $"kargo/promotion/{context.Promotion.Name}" : target ?? checkout.Branch
            ?? throw new StepConfigException("config.targetBranch is missing: a commit or a tag is checked out, so there is no branch to push to by default.");

        // The branch is this promotion's own: what it held before can only be from an earlier run of this step.
        return force || generate
            ? await DoneAsync(context, await pusher.ForceAsync(checkout, branch, isNew: generate, cancellationToken), branch, cancellationToken)
            : await PushAsync(context, checkout, branch, cancellationToken);
    }

    private async Task<StepResult> PushAsync(StepContext context, Checkout checkout, string branch, CancellationToken cancellationToken)
    {
        Checkout? pushed;
        try
        {
            pushed = await pusher.PushAsync(context.Promotion.WorkTree, checkout, branch, cancellationToken);
        }
        catch (Exception error) when (error is WorkTreeException or FileEditException)
        {
            // What others pushed meanwhile can't be put together with ours: people have to look.
            return StepResult.Failed(error.Message);
        }

        return pushed is null ? TryLater(context, branch) : await DoneAsync(context, pushed, branch, cancellationToken);
    }

    private async Task<StepResult> DoneAsync(StepContext context, Checkout pushed, string branch, CancellationToken cancellationToken)
    {
        var before = context.Checkout();
        return Done(context.Promotion.WorkTree, before, pushed, branch) with
        {
            HealthChecks = await FollowAsync(context.Promotion, before, cancellationToken),
        };
    }

    /// <summary>Has Argo CD come for what was pushed, and says which Stacks tell whether it worked.</summary>
    private async Task<IReadOnlyList<HealthCheck>> FollowAsync(Promotion promotion, Checkout checkout, CancellationToken cancellationToken)
    {
        var found = await stacks.FindAsync(promotion, checkout, cancellationToken);
        await Task.WhenAll(found.Select(c => nudge.RefreshManagerOfAsync(c.Stack, cancellationToken)));
        return found;
    }

    private static StepResult Done(WorkTree tree, Checkout before, Checkout pushed, string branch)
    {
        var repository = RepositoryFiles.NameOf(pushed.RepoUrl);
        var output = new JsonObject
        {
            ["branch"] = branch,
            ["commit"] = pushed.Head,
            ["commitURL"] = GitCheckouts.PageOf(repository, pushed.Head),
        };
        var message = before.Commits.Count == 0
            ? $"Nothing was committed; {branch} of {repository} is at {pushed.Head[..7]}."
            : $"{branch} of {repository} is at {pushed.Head[..7]}{(pushed.Head == before.Head ? "" : ", the changes made again on what others pushed meanwhile")}.";
        return StepResult.Succeeded(message, output) with { WorkTree = tree.With(pushed) };
    }

    private static StepResult TryLater(StepContext context, string branch)
    {
        var (attempts, most) = (((int?)context.State.Memory?["attempts"] ?? 0) + 1, context.Config.Number("maxAttempts", DefaultAttempts));
        if (attempts >= most)
        {
            return StepResult.Failed($"Branch {branch} moved during each of {attempts} attempts to push to it. Promote again when fewer push to it, or raise maxAttempts.");
        }

        // Spread by the promotion's name, so that those who lost together don't come back together.
        var spread = TimeSpan.FromMilliseconds((uint)string.GetHashCode(context.Promotion.Name, StringComparison.Ordinal) % 1000);
        return StepResult.Waiting($"Branch {branch} keeps moving; attempt {attempts} of {most} was too late.", new JsonObject { ["attempts"] = attempts }) with
        {
            NextCheckAt = context.Now + PollSchedule.AfterErrors(attempts) + spread,
        };
    }
}
