using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary>
/// <c>git-commit</c>: makes the commit object of the changes since the last commit, so its hash is known from here on; <c>git-push</c>
/// puts it on a branch. Without changes it is skipped, as in Kargo. Run twice, it leaves an object that nothing refers to.
/// </summary>
public sealed class GitCommitStep(IGitRepositoryClient git, RepositoryFiles files, WorkTrees.WorkTrees trees) : IPromotionStep
{
    public string Uses => "git-commit";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (state, checkout) = (context.Promotion.WorkTree, context.Checkout());
        var message = PromotionTrailer.Append(context.Config.RequiredText("message"), context.Promotion);
        var edits = state.Edits.Count;
        var tree = await new TreeWriter(git, files).WriteAsync(
            trees.HistoryOf(state), checkout, checkout.Committed, edits, checkout.HeadTree, cancellationToken);
        if (tree == checkout.HeadTree)
        {
            return StepResult.Skipped("Nothing changed, so there is nothing to commit.") with { Output = new JsonObject { ["commit"] = checkout.Head } };
        }

        var author = context.Config.Author() ?? checkout.Author;
        var repository = RepositoryFiles.NameOf(checkout.RepoUrl);
        var sha = await git.CreateCommitAsync(repository, new NewCommit(message, tree, [checkout.Head], author), cancellationToken);
        var commit = new LocalCommit(sha, tree, message, author, edits);
        return StepResult.Succeeded($"Commit {sha[..7]} is ready to be pushed to {repository}.", new JsonObject { ["commit"] = sha }) with
        {
            WorkTree = state.With(checkout with { Commits = [.. checkout.Commits, commit] }),
        };
    }
}
