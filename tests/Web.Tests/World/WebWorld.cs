using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine;
using Waybill.Engine.AutoPromotion;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.PulumiCloud;
using Waybill.Engine.Records;
using Waybill.Engine.Webhooks;
using Waybill.Infrastructure.Secrets;
using Waybill.TestStores;
using Waybill.Web.Demo;
using Waybill.Web.Routing;
using Waybill.Web.Viewing;

namespace Waybill.Web.Tests.World;

/// <summary>The whole surface over the real engine and an SQLite file; only what lies outside of Waybill is made up.</summary>
internal sealed class WebWorld : IAsyncDisposable
{
    public const string Secret = "a secret of this test";
    public const string Ada = "ada@example.com";
    public const string Bob = "bob@example.com";

    private readonly SqliteTemporaryFile _file;
    private readonly WebApplication _app;

    private WebWorld(SqliteTemporaryFile file, WebApplication app, FaultyRowStore faults, CountingRowStore counts, FakeTimeProvider time)
    {
        (_file, _app, Faults, Counts, Time) = (file, app, faults, counts, time);
        Client = app.GetTestServer().CreateClient();
        Client.DefaultRequestHeaders.Add(HeaderViewer.User, Ada);
    }

    /// <summary>Signed in as Ada, who may promote. Follows no redirects.</summary>
    public HttpClient Client { get; }

    public FaultyRowStore Faults { get; }

    public CountingRowStore Counts { get; }

    public FakeTimeProvider Time { get; }

    public static async Task<WebWorld> StartAsync(
        IReadOnlyList<Pipeline>? pipelines = null, IDemoControls? demo = null, IReadOnlyList<string>? secrets = null)
    {
        var file = await SqliteTemporaryFile.CreateAsync();
        var counts = new CountingRowStore(file.Store);
        var faults = new FaultyRowStore(counts);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Approvals:SigningKeys:0"] = Convert.ToBase64String(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef")),
            ["Approvals:PublicUrl"] = "http://localhost/",
        });
        builder.Services
            .AddSingleton<TimeProvider>(time)
            .AddWaybillEngine(builder.Configuration)
            .AddWaybillSecrets(builder.Configuration)
            .AddSingleton<IRowStore>(faults)
            .AddSingleton<IPipelineSource>(new FixedPipelines(pipelines ?? [SamplePipeline.Create()]))
            .AddSingleton<ListedDriver>()
            .AddSingleton<IDriver>(provider => provider.GetRequiredService<ListedDriver>())
            .AddSingleton<INotifier, SilentNotifier>()
            .AddSingleton<IStackClient, NoCluster>()
            .AddSingleton(UnexpectedPort.For<IArgoCdClient>())
            .AddSingleton<IGitHubClient, NoGitHub>()
            .AddSingleton(new PulumiWebhookSecrets(secrets ?? [Secret]))
            .AddSingleton(UnexpectedPort.For<IGitRepositoryClient>())
            .AddSingleton(UnexpectedPort.For<IPullRequestClient>())
            .AddSingleton(UnexpectedPort.For<IJobClient>())
            .AddSingleton(new HttpClient())
            .AddHttpClient()
            .AddSingleton(new WebhookSecrets(secrets ?? [Secret]))
            .AddSingleton<IViewer, HeaderViewer>()
            .AddWaybillWeb();
        if (demo is not null)
        {
            builder.Services.AddSingleton(demo);
        }

        var app = builder.Build();
        app.MapWaybill();
        await app.StartAsync();
        return new WebWorld(file, app, faults, counts, time);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public HttpClient Anonymous() => _app.GetTestServer().CreateClient();

    /// <summary>Pushes a commit as GitHub would, and returns the freight that it made.</summary>
    public async Task<string> PushAsync(string subject)
    {
        Time.Advance(TimeSpan.FromSeconds(10));
        using var response = await Client.SendAsync(Deliveries.Push(subject));
        var answer = await response.JsonAsync();
        return (string)answer["freight"]![0]!;
    }

    /// <summary>Lets everything happen that needs no person and no time.</summary>
    public async Task SettleAsync()
    {
        var driver = Get<ListedDriver>();
        while (driver.TryTake(out var promotion, out var project))
        {
            if (promotion is not null)
            {
                await Get<PromotionRunner>().AdvanceAsync(promotion, CancellationToken.None);
            }
            else
            {
                await Get<ProjectEvaluator>().EvaluateAsync(project!, CancellationToken.None);
            }
        }
    }

    /// <summary>Freight that dev and staging took and verified.</summary>
    public async Task<string> TravelAsync(string subject)
    {
        var freight = await PushAsync(subject);
        await SettleAsync();
        return freight;
    }

    /// <summary>A promotion to prod that waits for Ada and Bob.</summary>
    public async Task<Promotion> AskForProdAsync(string subject = "Change the price")
    {
        var freight = await TravelAsync(subject);
        var asked = await Get<PromotionCreator>().PromoteAsync(SamplePipeline.Create(), "prod", freight, Ada, CancellationToken.None);
        await SettleAsync();
        return (await Get<ProjectStore>().GetPromotionAsync(SamplePipeline.Project, asked.Promotion!.Name, CancellationToken.None))!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _file.DisposeAsync();
    }
}

/// <summary>Webhook deliveries as GitHub sends them.</summary>
internal static class Deliveries
{
    public static HttpRequestMessage Push(
        string subject, string? deliveryId = null, string repository = SamplePipeline.Repository, IReadOnlyList<string>? earlier = null)
    {
        var id = IdOf(subject);
        var payload = new JsonObject
        {
            ["ref"] = "refs/heads/main",
            ["before"] = new string('0', 40),
            ["after"] = id,
            ["created"] = true,
            ["repository"] = new JsonObject { ["full_name"] = "example/shop", ["clone_url"] = repository, ["default_branch"] = "main" },
            ["head_commit"] = Commit(id, subject),
            ["commits"] = new JsonArray([.. (earlier ?? []).Append(subject).Select(s => Commit(IdOf(s), s))]),
            ["sender"] = new JsonObject { ["login"] = "octocat" },
        };
        return Of("push", payload.ToJsonString(), deliveryId);
    }

    public static HttpRequestMessage Of(string @event, string body, string? deliveryId = null, string secret = WebWorld.Secret)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return new HttpRequestMessage(HttpMethod.Post, "/webhooks/github")
        {
            Content = new ByteArrayContent(bytes),
            Headers =
            {
                { "X-GitHub-Event", @event },
                { "X-GitHub-Delivery", deliveryId ?? Guid.NewGuid().ToString() },
                { GitHubSignature.HeaderName, GitHubSignature.Sign(secret, bytes) },
            },
        };
    }

    private static string IdOf(string subject) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..40];

    private static JsonObject Commit(string id, string subject) => new()
    {
        ["id"] = id,
        ["message"] = subject,
        ["timestamp"] = "2026-03-01T11:59:00Z",
        ["author"] = new JsonObject { ["name"] = "Grace Hopper", ["email"] = "grace@example.com" },
        ["committer"] = new JsonObject { ["name"] = "Grace Hopper", ["email"] = "grace@example.com" },
        ["modified"] = new JsonArray("index.ts"),
    };
}
