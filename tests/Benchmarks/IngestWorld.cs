using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Domain.Pipelines;
using Waybill.Engine;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Engine.Webhooks;
using Waybill.TestStores;

namespace Waybill.Benchmarks;

/// <summary>The engine's ingest over a store, with one warehouse, and nobody to drive what follows.</summary>
internal sealed class IngestWorld : IAsyncDisposable
{
    private const string Secret = "a secret for benchmarks";

    private readonly SqliteTemporaryFile _file;
    private readonly LastCommit _last;
    private readonly IPushIngestor _ingestor;
    private int _sequence;

    private IngestWorld(SqliteTemporaryFile file)
    {
        _file = file;
        _last = new LastCommit(file.Store);
        _ingestor = new ServiceCollection()
            .AddLogging()
            .AddWaybillEngine(new ConfigurationBuilder().Build())
            .AddSingleton<IRowStore>(_last)
            .AddSingleton<IPipelineSource, OneWarehouse>()
            .AddSingleton<IDriver, NobodyDrives>()
            .AddSingleton<IGitHubClient, NobodyAsks>()
            .AddSingleton(UnexpectedPort.For<IGitRepositoryClient>())
            .AddSingleton(UnexpectedPort.For<IPullRequestClient>())
            .AddSingleton(UnexpectedPort.For<IJobClient>())
            .AddSingleton(new WebhookSecrets([Secret]))
            .BuildServiceProvider()
            .GetRequiredService<IPushIngestor>();
    }

    public static async Task<IngestWorld> CreateAsync()
    {
        var world = new IngestWorld(await SqliteTemporaryFile.CreateAsync());
        for (var i = 0; i < Engine.Records.DeliveryLog.Limit; i++)
        {
            await world.AcceptPushAsync();
        }

        return world;
    }

    /// <summary>How many rows a push writes.</summary>
    public int RowsOfAPush => _last.Changes.Count;

    /// <summary>What the newest push stored, stored again under other keys by nobody but the store: the limit of accepting pushes.</summary>
    public async Task InsertRowsOfAPushAsync()
    {
        var number = Interlocked.Increment(ref _sequence);
        var changes = _last.Changes.Select(c => c.Kind is RowChangeKind.Insert ? c with { Key = KeyLike(c.Key, number) } : RowChange.Put(c.Key, c.Document!));
        if (!(await _file.Store.CommitAsync("bare", [.. changes], CancellationToken.None)).IsCommitted)
        {
            throw new InvalidOperationException("Bare inserts do not meet anything in their way.");
        }
    }

    // Freight and aliases lie where their hash puts them, the rest in order: where a row goes is most of what it costs.
    private static string KeyLike(string key, int number) => key.Split('|') is [("freight" or "alias") and var prefix, _]
        ? $"{prefix}|{Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number)))[..40]}"
        : $"{key}{number:x8}";

    /// <summary>The least that storing anything takes: one small row in a commit of its own.</summary>
    public async Task InsertOneRowAsync()
    {
        var change = RowChange.Insert(
            $"bare|{Interlocked.Increment(ref _sequence)}", """{"id":"0123456789abcdef0123456789abcdef01234567","alias":"brave-otter"}""");
        await _file.Store.CommitAsync("bare", [change], CancellationToken.None);
    }

    /// <summary>A signed push of a new commit: believed, matched, made into freight, audited, stored.</summary>
    public async Task AcceptPushAsync()
    {
        var result = await _ingestor.IngestAsync(NextDelivery(), CancellationToken.None);
        if (result.Outcome is not IngestOutcome.Accepted)
        {
            throw new InvalidOperationException(result.Message);
        }
    }

    public async ValueTask DisposeAsync() => await _file.DisposeAsync();

    private WebhookDelivery NextDelivery()
    {
        var number = Interlocked.Increment(ref _sequence);
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

    /// <summary>Remembers what was committed last.</summary>
    private sealed class LastCommit(IRowStore inner) : IRowStore
    {
        public IReadOnlyList<RowChange> Changes { get; private set; } = [];

        public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

        public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) => inner.GetAsync(partition, key, cancellationToken);

        public Task<IReadOnlyList<Row>> QueryAsync(string partition, KeyRange range, int limit, CancellationToken cancellationToken) =>
            inner.QueryAsync(partition, range, limit, cancellationToken);

        public Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
        {
            Changes = [.. changes];
            return inner.CommitAsync(partition, changes, cancellationToken);
        }
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
