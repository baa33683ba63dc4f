using System.Text.Json.Nodes;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary>What the git steps' configurations have in common.</summary>
internal static class GitCheckouts
{
    /// <summary>What is checked out where the step's <c>path</c> says.</summary>
    /// <exception cref="WorkTreeException">Nothing is.</exception>
    public static Checkout Checkout(this StepContext context)
    {
        var path = context.Config.RequiredText("path");
        return context.Promotion.WorkTree.CheckoutAt(VirtualWorkTree.Normalize(path))
            ?? throw new WorkTreeException($"Nothing is checked out at {path}: name a path that a git-clone step before this one names.");
    }

    /// <exception cref="StepConfigException">The repository is not one that GitHub could have.</exception>
    public static RepositoryName Repository(this JsonObject config) =>
        config.RequiredText("repoURL") is var url && RepositoryName.TryParse(url, out var repository)
            ? repository
            : throw new StepConfigException("config.repoURL is not a repository's address such as https://github.com/OWNER/NAME.");

    /// <summary>The author that a configuration names; null when it names none.</summary>
    public static CommitAuthor? Author(this JsonObject config) => config["author"] switch
    {
        null => null,
        JsonObject author when author.Text("signingKey") is { Length: > 0 } => throw new StepConfigException(
            "config.author.signingKey is not supported: Waybill holds no signing keys. Leave out author, and GitHub signs what its App commits."),
        JsonObject author => new CommitAuthor(author.RequiredText("name"), author.RequiredText("email")),
        _ => throw new StepConfigException("config.author must be an object with name and email."),
    };

    public static string PageOf(RepositoryName repository, string commit) =>
        $"https://{repository.Host}/{repository}/commit/{commit}";
}
