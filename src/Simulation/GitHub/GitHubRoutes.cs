using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.GitHub;

/// <summary>The REST endpoints that a repository answers.</summary>
internal static class GitHubRoutes
{
    private const int ComparedCommitLimit = 250;
    private const int ComparedFileLimit = 300;
    private const int CommitFilePage = 300;
    private const int CommitFileLimit = 3000;

    /// <param name="repository">Whose path it is.</param>
    /// <param name="path">Below <c>repos/owner/name/</c>, decoded.</param>
    /// <param name="query">The parameters.</param>
    /// <param name="api">The API's own address.</param>
    public static GitHubReply Get(SimulatedRepository repository, string path, IQueryCollection query, string api)
    {
        var shapes = new CommitShapes(repository, api);
        return path.Split('/', 2) switch
        {
            [""] => GitHubReply.Ok(RepositoryShapes.Repository(repository, api)),
            ["commits"] => ListCommits(repository, shapes, query),
            ["commits", var reference] => GetCommit(repository, shapes, reference, query),
            ["compare", var range] => Compare(repository, shapes, range),
            ["deployments"] => ReportingRoutes.ListDeployments(repository, query, api),
            ["tags"] => GitHubReply.Paged(repository.Tags, PageOf(query), SizeOf(query), page => new JsonArray([.. page.Select(shapes.Tag)])),
            ["branches"] => GitHubReply.Paged([.. repository.Branches], PageOf(query), SizeOf(query), page => new JsonArray([.. page.Select(b => shapes.ShortBranch(b.Key, b.Value))])),
            ["branches", var name] => repository.HeadOf(name) is { } head
                ? GitHubReply.Ok(shapes.Branch(name, repository.Find(head)!, repository.IsProtected(name)))
                : GitHubReply.Error(StatusCodes.Status404NotFound, "Branch not found"),
            ["pulls"] => PullRequestRoutes.List(repository, query, api),
            ["pulls", var number] => PullRequestRoutes.Get(repository, number, api),
            ["contents"] => GitDataRoutes.GetContents(repository, "", query, api),
            ["contents", var file] => GitDataRoutes.GetContents(repository, file.TrimEnd('/'), query, api),
            ["git", var rest] => GitDataRoutes.Get(repository, rest, query, api) ?? GetGitObject(repository, shapes, rest),
            _ => GitHubReply.NotFound,
        };
    }

    private static GitHubReply ListCommits(SimulatedRepository repository, CommitShapes shapes, IQueryCollection query)
    {
        if (repository.Branches.Count == 0)
        {
            return GitHubReply.Error(StatusCodes.Status409Conflict, "Git Repository is empty.");
        }

        var reference = query.TryGetValue("sha", out var sha) ? sha.ToString() : null;
        return repository.Resolve(reference) is { } head
            ? GitHubReply.Paged(repository.History(head.Sha), PageOf(query), SizeOf(query), page => new JsonArray([.. page.Select(shapes.Commit)]))
            : GitHubReply.NotFound;
    }

    private static GitHubReply GetCommit(SimulatedRepository repository, CommitShapes shapes, string reference, IQueryCollection query)
    {
        if (repository.Resolve(reference) is not { } commit)
        {
            return reference.Length == 40
                ? GitHubReply.Error(StatusCodes.Status422UnprocessableEntity, $"No commit found for SHA: {reference}")
                : GitHubReply.NotFound;
        }

        var changes = SimulatedDiff.Of(repository, commit).Take(CommitFileLimit).ToArray();
        var size = query.ContainsKey("per_page") ? SizeOf(query) : CommitFilePage;
        return GitHubReply.Paged(changes, PageOf(query), size, page => shapes.CommitWithFiles(commit, page, changes.Length));
    }

    private static GitHubReply Compare(SimulatedRepository repository, CommitShapes shapes, string range) =>
        range.Split("...") is [var left, var right]
        && repository.Resolve(left) is { } from
        && repository.Resolve(right) is { } to
        && SimulatedDiff.MergeBase(repository, from.Sha, to.Sha) is { } mergeBase
            ? GitHubReply.Ok(shapes.Comparison(from, to, mergeBase, ComparedCommitLimit, ComparedFileLimit))
            : GitHubReply.NotFound;

    private static GitHubReply GetGitObject(SimulatedRepository repository, CommitShapes shapes, string path)
    {
        if (path.StartsWith("ref/heads/", StringComparison.Ordinal))
        {
            return repository.HeadOf(path["ref/heads/".Length..]) is { } head ? GitHubReply.Ok(shapes.Reference(path["ref/".Length..], "commit", head)) : GitHubReply.NotFound;
        }

        if (path.StartsWith("ref/tags/", StringComparison.Ordinal))
        {
            return repository.Tags.FirstOrDefault(t => t.Name == path["ref/tags/".Length..]) is { } tag
                ? GitHubReply.Ok(shapes.Reference(path["ref/".Length..], tag.IsAnnotated ? "tag" : "commit", tag.Sha))
                : GitHubReply.NotFound;
        }

        return path.StartsWith("tags/", StringComparison.Ordinal) && repository.Tags.FirstOrDefault(t => t.IsAnnotated && t.Sha == path["tags/".Length..]) is { } annotated
            ? GitHubReply.Ok(shapes.AnnotatedTag(annotated))
            : GitHubReply.NotFound;
    }

    private static int PageOf(IQueryCollection query) => Math.Max(1, NumberOf(query, "page", 1));

    private static int SizeOf(IQueryCollection query) => Math.Clamp(NumberOf(query, "per_page", 30), 1, 100);

    private static int NumberOf(IQueryCollection query, string name, int otherwise) =>
        int.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
