using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary><c>git-clone</c>: lays commits out in the working directory. Nothing is fetched but their names; files come when a step asks.</summary>
public sealed class GitCloneStep(IGitRepositoryClient git) : IPromotionStep
{
    public string Uses => "git-clone";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var config = context.Config;
        var repository = config.Repository();
        var (tree, commits, paths) = (context.Promotion.WorkTree, new JsonObject(), new HashSet<string>());
        foreach (var item in config.Objects("checkout"))
        {
            var written = item.RequiredText("path");
            var key = item.Text("as") is { Length: > 0 } alias ? alias : written;
            if (commits.ContainsKey(key))
            {
                return StepResult.Errored($"config.checkout names {key} twice.");
            }

            var path = VirtualWorkTree.Normalize(written);
            if (!paths.Add(path))
            {
                return StepResult.Errored($"config.checkout puts two commits at {written}: each needs a path of its own.");
            }

            var (branch, commit) = await FindAsync(repository, item, config.Author(), cancellationToken);
            commits[key] = commit.Sha;
            tree = tree.With(new Checkout
            {
                Path = path,
                RepoUrl = $"https://{repository.Host}/{repository}",
                Branch = branch,
                Commit = commit.Sha,
                Tree = commit.Tree,
                Since = tree.Edits.Count,
                Author = config.Author(),
            });
        }

        return StepResult.Succeeded(Describe(repository, commits), new JsonObject { ["commits"] = commits }) with { WorkTree = tree };
    }

    private async Task<(string? Branch, CommitTree Commit)> FindAsync(
        RepositoryName repository, JsonObject item, CommitAuthor? author, CancellationToken cancellationToken)
    {
        var (branch, commit, tag) = (NonEmpty(item, "branch"), NonEmpty(item, "commit"), NonEmpty(item, "tag"));
        if (new[] { branch, commit, tag }.Count(t => t is not null) > 1)
        {
            throw new StepConfigException("config.checkout[]: branch, commit and tag exclude each other.");
        }

        if (commit is null && tag is null)
        {
            return await FindBranchAsync(repository, branch, item.Flag("create"), author, cancellationToken);
        }

        var found = await git.FindCommitAsync(repository, commit ?? $"tags/{tag}", cancellationToken);
        return (null, found ?? throw new WorkTreeException(
            commit is null ? $"{repository} has no tag {tag}. Check the spelling." : $"{repository} has no commit {commit}. Check that it was pushed."));
    }

    private async Task<(string? Branch, CommitTree Commit)> FindBranchAsync(
        RepositoryName repository, string? branch, bool create, CommitAuthor? author, CancellationToken cancellationToken)
    {
        if (await git.FindBranchAsync(repository, branch, cancellationToken) is { } tip)
        {
            return (tip.Name, tip.Head);
        }

        if (!create || branch is null)
        {
            throw new WorkTreeException($"{repository} has no branch {branch ?? "to start from"}. Create it, or set checkout[].create to have an empty one made.");
        }

        // As Kargo does, at once: whoever opens a pull request into the branch needs it there.
        var first = await git.CreateCommitAsync(repository, new NewCommit("Initial commit", GitObjects.EmptyTree, [], author), cancellationToken);
        return await git.CreateRefAsync(repository, $"heads/{branch}", first, cancellationToken) is RefChange.Done
            ? (branch, new CommitTree(first, GitObjects.EmptyTree))
            : await FindBranchAsync(repository, branch, create: false, author, cancellationToken);
    }

    private static string Describe(RepositoryName repository, JsonObject commits) =>
        $"{repository}: {string.Join(", ", commits.Select(c => $"{c.Key} at {((string)c.Value!)[..7]}"))}.";

    private static string? NonEmpty(JsonObject item, string field) => item.Text(field) is { Length: > 0 } text ? text : null;
}
