using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;
using Waybill.Web.Demo;
using Waybill.Web.Viewing;

namespace Waybill.Web.Tests.World;

internal sealed class FixedPipelines(IReadOnlyList<Pipeline> pipelines) : IPipelineSource
{
    public IReadOnlyDictionary<string, Pipeline> Pipelines { get; } = pipelines.ToDictionary(p => p.Project);

    public IReadOnlyList<string> Problems => [];
}

/// <summary>Writes down what it is asked to do; the test does it.</summary>
internal sealed class ListedDriver : IDriver
{
    private readonly ConcurrentQueue<(PromotionKey? Promotion, string? Project)> _asked = [];

    public Task DrivePromotionAsync(PromotionKey promotion, CancellationToken cancellationToken)
    {
        _asked.Enqueue((promotion, null));
        return Task.CompletedTask;
    }

    public Task EvaluateProjectAsync(string project, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        _asked.Enqueue((null, project));
        return Task.CompletedTask;
    }

    public bool TryTake(out PromotionKey? promotion, out string? project)
    {
        var found = _asked.TryDequeue(out var asked);
        (promotion, project) = asked;
        return found;
    }
}

internal sealed class SilentNotifier : INotifier
{
    public Task ApprovalRequestedAsync(ApprovalNotification notification, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Whoever a header names; what comes with a bearer token is no browser.</summary>
internal sealed class HeaderViewer : IViewer
{
    public const string User = "Test-User";
    public const string MayLook = "Test-May-Only-Look";

    public ValueTask<Visitor?> IdentifyAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        return new(headers[User].ToString() is { Length: > 0 } name
            ? new Visitor(Principal.Named(name), !headers.ContainsKey(MayLook)) { ByBearer = headers.Authorization.Count > 0 }
            : null);
    }
}

internal sealed class ListedDemo : IDemoControls
{
    public ConcurrentQueue<bool> Pushes { get; } = [];

    public string Project => SamplePipeline.Project;

    public Task PushAsync(bool failing, CancellationToken cancellationToken)
    {
        Pushes.Enqueue(failing);
        return Task.CompletedTask;
    }
}

/// <summary>No test here reaches a cluster.</summary>
internal sealed class NoCluster : IStackClient
{
    public Task<StackSnapshot?> GetStackAsync(StackReference stack, CancellationToken cancellationToken) => throw Unexpected();

    public Task<StackSnapshot> RequestRunAsync(
        StackReference stack, string resourceVersion, string commit, string request, CancellationToken cancellationToken) => throw Unexpected();

    public Task<WorkspaceSnapshot?> GetWorkspaceAsync(StackReference stack, CancellationToken cancellationToken) => throw Unexpected();

    public Task<UpdateSnapshot?> GetUpdateAsync(StackReference stack, string name, CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("This test expects no call to a cluster.");
}

/// <summary>No test here reaches GitHub.</summary>
internal sealed class NoGitHub : IGitHubClient
{
    public Task<BranchHead> GetBranchHeadAsync(RepositoryName repository, string? branch, string? knownETag, CancellationToken cancellationToken) => throw Unexpected();

    public Task<IReadOnlyList<CommitInfo>> ListCommitsAsync(RepositoryName repository, string? branch, int limit, CancellationToken cancellationToken) => throw Unexpected();

    public Task<TagList> ListTagsAsync(RepositoryName repository, string? knownETag, CancellationToken cancellationToken) => throw Unexpected();

    public Task<TagInfo> DescribeTagAsync(RepositoryName repository, TagInfo tag, CancellationToken cancellationToken) => throw Unexpected();

    public Task<CommitInfo?> GetCommitAsync(RepositoryName repository, string sha, CancellationToken cancellationToken) => throw Unexpected();

    public Task<IReadOnlyList<string>?> ListChangedPathsAsync(RepositoryName repository, string sha, CancellationToken cancellationToken) => throw Unexpected();

    public Task<Comparison> CompareAsync(RepositoryName repository, string @base, string head, CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("This test expects no call to GitHub.");
}
