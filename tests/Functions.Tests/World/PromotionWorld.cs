using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine;
using Waybill.Engine.Approvals;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Records;
using Waybill.Engine.Steps;
using Waybill.Engine.Sweeping;
using Waybill.Functions.Driving;
using Waybill.Functions.Durable;
using Waybill.Infrastructure.Secrets;
using Waybill.TestStores;

namespace Waybill.Functions.Tests.World;

/// <summary>The head's services over the real engine and a real store; what lies outside is scripted.</summary>
internal sealed class PromotionWorld : IAsyncDisposable
{
    private readonly SqliteTemporaryFile _file;
    private readonly ServiceProvider _services;
    private int _commits;

    private PromotionWorld(SqliteTemporaryFile file, Pipeline pipeline, TimeProvider time)
    {
        _file = file;
        Pipeline = pipeline;
        Time = time;
        Store = new FaultyRowStore(file.Store);
        _services = Register(new ServiceCollection()).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public Pipeline Pipeline { get; }

    public TimeProvider Time { get; }

    public FaultyRowStore Store { get; }

    public ScriptedStep Step { get; } = new();

    public Letterbox Letters { get; } = new();

    public IServiceProvider Services => _services;

    public static async Task<PromotionWorld> CreateAsync(Pipeline pipeline, TimeProvider time) =>
        new(await SqliteTemporaryFile.CreateAsync(), pipeline, time);

    /// <summary>Everything the head's services need, for another container to use.</summary>
    public IServiceCollection Register(IServiceCollection services)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Approvals:PublicUrl"] = "https://waybill.example.com/",
            ["Approvals:SigningKeys:0"] = Convert.ToBase64String(new byte[32]),
        }).Build();
        return services
            .AddSingleton(Time)
            .AddWaybillEngine(settings)
            .AddWaybillSecrets(settings)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddHttpClient()
            .AddSingleton<IPromotionStep>(Step)
            .AddSingleton<INotifier>(Letters)
            .AddSingleton<IRowStore>(Store)
            .AddSingleton<IStackClient, NoClusters>()
            .AddSingleton(UnexpectedPort.For<IArgoCdClient>())
            .AddSingleton<IGitHubClient, NoGitHub>()
            .AddSingleton(UnexpectedPort.For<IGitRepositoryClient>())
            .AddSingleton(UnexpectedPort.For<IPullRequestClient>())
            .AddSingleton(UnexpectedPort.For<IJobClient>())
            .AddSingleton<IPipelineSource>(new FixedPipelines(Pipeline))
            .AddSingleton(new WebhookSecrets(["a secret of this test"]))
            .AddSingleton<DurableClients>()
            .AddSingleton<IDriver, DurableDriver>()
            .AddTransient<PromotionActivities>()
            .AddTransient<ProjectActivities>();
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Freight that nobody promoted yet; its alias is <c>freight-N</c>.</summary>
    public async Task<Freight> AddFreightAsync()
    {
        var id = (++_commits).ToString("x40", System.Globalization.CultureInfo.InvariantCulture);
        var freight = new Freight
        {
            Id = id,
            Alias = $"freight-{_commits}",
            Warehouse = PipelineBuilder.Warehouse,
            Commits = [new GitCommit { RepoUrl = PipelineBuilder.Repository, Id = id }],
            DiscoveredAt = Time.GetUtcNow(),
        };
        await Get<ProjectStore>().Begin(PipelineBuilder.Project).Write(new Stored<Freight>(freight, null)).CommitAsync(CancellationToken.None);
        return freight;
    }

    /// <summary>What a person's request does, as a function that was handed a client.</summary>
    public async Task<string> PromoteAsync(DurableTaskClient client, Freight freight, string stage)
    {
        Get<DurableClients>().Use(client);
        var result = await Get<PromotionCreator>().PromoteAsync(Pipeline, stage, freight.Id, "ada@example.com", CancellationToken.None);
        Assert.True(result.IsAccepted, result.Refusal?.Message);
        return result.Promotion!.Name;
    }

    public async Task AbortAsync(DurableTaskClient client, string promotion, string reason = "changed my mind")
    {
        Get<DurableClients>().Use(client);
        await Get<PromotionAborter>().AbortAsync(Key(promotion), "bob@example.com", reason, CancellationToken.None);
    }

    public async Task DecideAsync(DurableTaskClient client, string person, ApprovalDecision decision, string? reason = null)
    {
        Get<DurableClients>().Use(client);
        var decided = await Get<ApprovalDesk>().DecideAsync(Letters.TokenOf(person), decision, reason, CancellationToken.None);
        Assert.Null(decided.Problem);
    }

    public async Task SweepAsync(DurableTaskClient client)
    {
        Get<DurableClients>().Use(client);
        await Get<ProjectSweeper>().SweepAsync(PipelineBuilder.Project, CancellationToken.None);
    }

    public async Task<Promotion> PromotionAsync(string name) =>
        (await Get<ProjectStore>().GetPromotionAsync(PipelineBuilder.Project, name, CancellationToken.None))!.Value;

    public async Task<StageState> StageAsync(string name) =>
        (await Get<ProjectStore>().GetStageAsync(PipelineBuilder.Project, name, CancellationToken.None)).Value;

    public async Task<IReadOnlyList<AuditAction>> AuditAsync() =>
        [.. (await Get<ProjectStore>().ListAuditAsync(PipelineBuilder.Project, 100, null, CancellationToken.None)).Items.Select(e => e.Action).Reverse()];

    public static PromotionKey Key(string promotion) => new(PipelineBuilder.Project, promotion);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _file.DisposeAsync();
    }
}
