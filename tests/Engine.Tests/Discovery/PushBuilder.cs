using Waybill.Engine.Tests.Webhooks;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Tests.Discovery;

/// <summary>Pushes to acme/infra from commit 1, one commit for each list of paths.</summary>
internal static class PushBuilder
{
    public static GitHubPush Push(params string[] commits) => new()
    {
        Ref = "refs/heads/main",
        RefKind = PushedRefKind.Branch,
        RefName = "main",
        Before = PushJson.Sha(1),
        After = PushJson.Sha(1 + commits.Length),
        Repository = new PushedRepository("acme/infra", "https://github.com/acme/infra.git", "https://github.com/acme/infra", "main", null),
        Commits = [.. commits.Select((paths, i) => new PushedCommit { Id = PushJson.Sha(i + 2), Message = $"Commit {i + 2}", Modified = paths.Split(' ') })],
        HeadCommit = new PushedCommit { Id = PushJson.Sha(1 + commits.Length), Message = "Head" },
    };

    public static GitHubPush Tag(string name) => Push("x") with { Ref = $"refs/tags/{name}", RefKind = PushedRefKind.Tag, RefName = name, Created = true, Before = PushJson.Zero };
}
