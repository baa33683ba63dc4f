using System.Collections.Concurrent;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;

namespace Waybill.Functions.Tests.World;

internal sealed class FixedPipelines(Pipeline pipeline) : IPipelineSource
{
    public IReadOnlyDictionary<string, Pipeline> Pipelines { get; } = new Dictionary<string, Pipeline> { [pipeline.Project] = pipeline };

    public IReadOnlyList<string> Problems => [];
}

/// <summary>Keeps what people were sent.</summary>
internal sealed class Letterbox : INotifier
{
    private readonly ConcurrentQueue<ApprovalLink> _links = new();

    public IReadOnlyList<ApprovalLink> Links => [.. _links];

    public Task ApprovalRequestedAsync(ApprovalNotification notification, CancellationToken cancellationToken)
    {
        foreach (var link in notification.Links)
        {
            _links.Enqueue(link);
        }

        return Task.CompletedTask;
    }

    /// <summary>The token in the newest link that a person got.</summary>
    public string TokenOf(string person) => Links.Last(l => l.Approver == person).Url.Segments[^1];
}

/// <summary>No cluster is there; whoever calls one did what no test here expects.</summary>
internal sealed class NoClusters : IStackClient
{
    public Task<StackSnapshot?> GetStackAsync(StackReference stack, CancellationToken cancellationToken) => throw Unexpected();

    public Task<StackSnapshot> RequestRunAsync(
        StackReference stack, string resourceVersion, string commit, string request, CancellationToken cancellationToken) => throw Unexpected();

    public Task<WorkspaceSnapshot?> GetWorkspaceAsync(StackReference stack, CancellationToken cancellationToken) => throw Unexpected();

    public Task<UpdateSnapshot?> GetUpdateAsync(StackReference stack, string name, CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("This test expects no call to a cluster.");
}

/// <summary>GitHub is not there either.</summary>
internal sealed class NoGitHub : IGitHubClient
{
    public Task<BranchHead> GetBranchHeadAsync(RepositoryName repository, string? branch, string? knownETag, CancellationToken cancellationToken) =>
        throw Unexpected();

    public Task<IReadOnlyList<CommitInfo>> ListCommitsAsync(RepositoryName repository, string? branch, int limit, CancellationToken cancellationToken) =>
        throw Unexpected();

    public Task<TagList> ListTagsAsync(RepositoryName repository, string? knownETag, CancellationToken cancellationToken) => throw Unexpected();

    public Task<TagInfo> DescribeTagAsync(RepositoryName repository, TagInfo tag, CancellationToken cancellationToken) => throw Unexpected();

    public Task<CommitInfo?> GetCommitAsync(RepositoryName repository, string sha, CancellationToken cancellationToken) => throw Unexpected();

    public Task<IReadOnlyList<string>?> ListChangedPathsAsync(RepositoryName repository, string sha, CancellationToken cancellationToken) =>
        throw Unexpected();

    public Task<Comparison> CompareAsync(RepositoryName repository, string @base, string head, CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("This test expects no call to GitHub.");
}
