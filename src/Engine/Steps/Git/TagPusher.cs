using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary>Puts an annotated tag that <c>git-tag</c> described into its repository.</summary>
public sealed class TagPusher(IGitRepositoryClient git)
{
    internal async Task<StepResult> PushAsync(Checkout checkout, string name, CancellationToken cancellationToken)
    {
        var repository = RepositoryFiles.NameOf(checkout.RepoUrl);
        if (checkout.Tags.LastOrDefault(t => t.Name == name) is not { } tag)
        {
            return StepResult.Failed($"There is no tag {name} to push: make it with git-tag first.");
        }

        var sha = await git.CreateTagAsync(repository, tag, checkout.Author, cancellationToken);
        if (await git.CreateRefAsync(repository, $"tags/{name}", sha, cancellationToken) is not RefChange.Done
            && (await git.FindTagAsync(repository, name, cancellationToken))?.Commit is var holder && holder != tag.Commit)
        {
            return StepResult.Failed($"{repository} has a tag {name} already, on commit {holder?[..7]}: tags don't move. Choose another name, or delete it.");
        }

        var output = new JsonObject { ["commit"] = tag.Commit, ["commitURL"] = GitCheckouts.PageOf(repository, tag.Commit) };
        if (checkout.Branch is { } branch)
        {
            output["branch"] = branch;
        }

        return StepResult.Succeeded($"Tag {name} of {repository} is on {tag.Commit[..7]}.", output);
    }
}
