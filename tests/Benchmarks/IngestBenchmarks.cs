using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Domain.Pipelines;
using Waybill.Engine;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Engine.Webhooks;
using Waybill.TestStores;

namespace Waybill.Benchmarks;

/// <summary>
/// Accepting pushes that make freight, against bare inserts of one row into the same kind of store: the ratio says how much of what
/// the store can do is left. At least half is the aim, so a ratio of at most 2.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 10)]
public class IngestBenchmarks
{
    private const int Pushes = 200;
    private const string Secret = "a secret for benchmarks";

    private SqliteTemporaryFile _file = null!;
    private IPushIngestor _ingestor = null!;
    private int _sequence;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _file = await SqliteTemporaryFile.CreateAsync();
        _ingestor = new ServiceCollection()
            .AddLogging()
            .AddWaybillEngine(new ConfigurationBuilder().Build())
            .AddSingleton<IRowStore>(_file.Store)
            .AddSingleton<IPipelineSource, OneWarehouse>()
            .AddSingleton<IDriver, NobodyDrives>()
            .AddSingleton<IGitHubClient, NobodyAsks>()
            .AddSingleton(UnexpectedPort.For<IGitRepositoryClient>())
            .AddSingleton(new WebhookSecrets([Secret]))
            .BuildServiceProvider()
            .GetRequiredService<IPushIngestor>();
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _file.DisposeAsync();

    [Benchmark(Baseline = true, OperationsPerInvoke = Pushes)]
    public async Task BareInserts()
    {
        for (var i = 0; i < Pushes; i++)
        {
            var change = RowChange.Insert($"bare|{_sequence++}", """{"id":"0123456789abcdef0123456789abcdef01234567","alias":"brave-otter"}""");
            await _file.Store.CommitAsync("bare", [change], CancellationToken.None);
        }
    }

    [Benchmark(OperationsPerInvoke = Pushes)]
    public async Task AcceptedPushes()
    {
        for (var i = 0; i < Pushes; i++)
        {
            var result = await _ingestor.IngestAsync(NextDelivery(), CancellationToken.None);
            if (result.Outcome is not IngestOutcome.Accepted)
            {
                throw new InvalidOperationException(result.Message);
            }
        }
    }

    private WebhookDelivery NextDelivery()
    {
        var number = ++_sequence;
        var (before, after) = ($"{number - 1:x40}", $"{number:x40}");
        var body = Encoding.UTF8.GetBytes(
            $$$"""
            {"ref":"refs/heads/main","before":"{{{before}}}","after":"{{{after}}}","created":false,"deleted":false,"forced":false,"base_ref":null,
             "repository":{"full_name":"waybill-demo/hello-pulumi","clone_url":"https://github.com/waybill-demo/hello-pulumi.git","default_branch":"main","pushed_at":{{{1_790_000_000 + number}}}},
             "commits":[{"id":"{{{after}}}","message":"Change {{{number}}}","timestamp":"2026-01-01T00:00:00Z","author":{"name":"Ada","email":"ada@example.com"},"committer":{"name":"Ada","email":"ada@example.com"},"added":[],"modified":["index.ts"],"removed":[],"distinct":true}],
             "head_commit":{"id":"{{{after}}}","message":"Change {{{number}}}","timestamp":"2026-01-01T00:00:00Z","author":{"name":"Ada","email":"ada@example.com"},"committer":{"name":"Ada","email":"ada@example.com"},"added":[],"modified":["index.ts"],"removed":[],"distinct":true},
             "sender":{"login":"ada"}}
            """);
        return new WebhookDelivery("push", Guid.NewGuid().ToString(), GitHubSignature.Sign(Secret, body), body);
    }

    private sealed class OneWarehouse : IPipelineSource
    {
        public IReadOnlyDictionary<string, Pipeline> Pipelines { get; } = new Dictionary<string, Pipeline>
        {
            ["hello"] = new()
            {
                Project = "hello",
                Warehouses = [new Warehouse { Name = "program", Subscriptions = [new GitSubscription { RepoUrl = "https://github.com/waybill-demo/hello-pulumi", Branch = "main" }] }],
            },
        };

        public IReadOnlyList<string> Problems => [];
    }

    private sealed class NobodyDrives : IDriver
    {
        public Task DrivePromotionAsync(PromotionKey promotion, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task EvaluateProjectAsync(string project, DateTimeOffset? at, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NobodyAsks : IGitHubClient
    {
        private static NotSupportedException Unexpected => new("A complete push needs no question to GitHub.");

        public Task<BranchHead> GetBranchHeadAsync(RepositoryName repository, string? branch, string? knownETag, CancellationToken cancellationToken) => throw Unexpected;

        public Task<IReadOnlyList<CommitInfo>> ListCommitsAsync(RepositoryName repository, string? branch, int limit, CancellationToken cancellationToken) => throw Unexpected;

        public Task<TagList> ListTagsAsync(RepositoryName repository, string? knownETag, CancellationToken cancellationToken) => throw Unexpected;

        public Task<TagInfo> DescribeTagAsync(RepositoryName repository, TagInfo tag, CancellationToken cancellationToken) => throw Unexpected;

        public Task<CommitInfo?> GetCommitAsync(RepositoryName repository, string sha, CancellationToken cancellationToken) => throw Unexpected;

        public Task<IReadOnlyList<string>?> ListChangedPathsAsync(RepositoryName repository, string sha, CancellationToken cancellationToken) => throw Unexpected;

        public Task<Comparison> CompareAsync(RepositoryName repository, string @base, string head, CancellationToken cancellationToken) => throw Unexpected;
    }
}
