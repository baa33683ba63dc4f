using System.Security.Cryptography;
using Waybill.Local.Starting;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.GitHub;
using Waybill.Web.Demo;

namespace Waybill.Local.Simulated;

/// <summary>
/// What the sample pipeline needs around it: a GitHub with the program's repository, and a cluster with a Stack for each stage
/// whose operator behaves like the real one. It keeps its state beside the database, so it survives a restart as they would.
/// </summary>
public sealed class SimulatedWorld : IDemoControls, IAsyncDisposable
{
    /// <summary>The name that the sample's manifests give the cluster.</summary>
    public const string ClusterName = "sim";

    private const string Owner = "waybill-demo";
    private const string Repository = "hello-pulumi";
    private const string Branch = "main";
    private static readonly string[] StageNames = ["dev", "staging", "prod"];
    private static readonly TimeSpan RunDuration = TimeSpan.FromSeconds(3);

    private readonly SimulatedGitHub _gitHub;
    private readonly SimulatedCluster _cluster;
    private readonly SimulatedRepository _program;
    private readonly DemoCommits _commits;
    private readonly string _webhookSecret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
    private readonly SemaphoreSlim _pushing = new(1);

    private SimulatedWorld(SimulatedGitHub gitHub, SimulatedCluster cluster, DemoCommits commits)
    {
        (_gitHub, _cluster, _commits) = (gitHub, cluster, commits);
        _program = gitHub.CreateRepository(Owner, Repository, Branch);
    }

    public string Project => "hello-pulumi";

    /// <summary>The settings that lead into this world.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new($"Clusters:{ClusterName}:Kubeconfig", _cluster.KubeconfigPath),
        new("GitHub:BaseUrl", _gitHub.ApiUrl.ToString()),
        new("GitHub:WebhookSecret", _webhookSecret),
    ];

    public static async Task<SimulatedWorld> StartAsync(LocalSettings settings, CancellationToken cancellationToken)
    {
        var stateFile = Path.Combine(settings.Folder, "cluster.json");
        Directory.CreateDirectory(settings.Folder);
        var isNew = !File.Exists(stateFile);

        // The real operator waits 10, 30 and 90 seconds between its tries; a newcomer need not.
        var script = new OperatorScript { Default = new RunPlan { Duration = RunDuration }, RetryFactor = 0.05 };
        var gitHub = await SimulatedGitHub.StartAsync(cancellationToken: cancellationToken);
        var cluster = await SimulatedCluster.StartAsync(script, stateFile: stateFile);
        var world = new SimulatedWorld(gitHub, cluster, DemoCommits.Open(Path.Combine(settings.Folder, "commits.json")));
        foreach (var commit in world._commits.All)
        {
            world.Plan(world._program.Commit(Branch, Content(commit)).Sha, commit);
        }

        gitHub.RegisterHook(new Uri(settings.Url, "webhooks/github"), world._webhookSecret);
        foreach (var stage in isNew ? StageNames : [])
        {
            await cluster.CreateStackAsync(StackFor(stage), cancellationToken);
        }

        return world;
    }

    public async Task PushAsync(bool failing, CancellationToken cancellationToken)
    {
        await _pushing.WaitAsync(cancellationToken);
        try
        {
            var commit = _commits.Next(failing);
            var added = _program.Commit(Branch, Content(commit));
            Plan(added.Sha, commit);
            await _program.AnnounceAsync(Branch, added, cancellationToken);
        }
        finally
        {
            _pushing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _gitHub.DisposeAsync();
        _pushing.Dispose();
    }

    private static RunPlan FailingPlan { get; } = new()
    {
        Duration = RunDuration,
        FailsWith = "error: update failed: aws:s3:Bucket (site): BucketAlreadyExists: the requested bucket name is not available",
    };

    private void Plan(string sha, DemoCommit commit)
    {
        if (commit.Fails)
        {
            _cluster.Script.Plan(sha, FailingPlan);
        }
    }

    private static CommitContent Content(DemoCommit commit) => new(commit.Message, commit.File);

    private static SimulatedStack StackFor(string stage) =>
        new($"hello-{stage}", $"{Owner}/{Repository}/{stage}", $"https://github.com/{Owner}/{Repository}") { AuthorizedStages = $"hello-pulumi:{stage}" };
}
