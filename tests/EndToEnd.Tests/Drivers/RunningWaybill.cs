using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Ports;
using Waybill.Local;
using Waybill.Local.Starting;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.Drivers;

/// <summary>The one-process head, whole, over HTTP: what a test says to it is what people, GitHub and programs say.</summary>
internal sealed class RunningWaybill : IAsyncDisposable
{
    /// <summary>Generous, for a busy machine: a test that works does not wait this long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;

    private RunningWaybill(WebApplication app, Uri url, string token, string project)
    {
        (_app, Url, Project) = (app, url, project);
        Http = new HttpClient { BaseAddress = url, Timeout = Patience };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Url { get; }

    /// <summary>The project that the world's manifests are about.</summary>
    public string Project { get; }

    /// <summary>Signed in as the owner.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningWaybill> StartAsync(IWorld world, Action<IServiceCollection>? replace = null, params string[] settings)
    {
        var local = Settings(world, settings);
        var app = LocalApp.Build(local, null, services =>
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            replace?.Invoke(services);
        });
        Assert.Empty(app.Services.GetRequiredService<IPipelineSource>().Problems);
        await app.Services.GetRequiredService<IRowStore>().InitializeAsync(CancellationToken.None);
        await app.StartAsync();
        world.GitHub.RegisterHook(new Uri(local.Url, "webhooks/github"), TestWorld.WebhookSecret);
        return new RunningWaybill(app, local.Url, File.ReadAllText(Path.Combine(local.Folder, "api-token")).Trim(), world.Project);
    }

    public static LocalSettings Settings(IWorld world, params string[] settings) => new(world.Manifests, LoopbackPort.FindFree(), world.Data,
    [
        "--GitHub:BaseUrl", world.GitHub.ApiUrl.ToString(),
        "--GitHub:WebhookSecret", TestWorld.WebhookSecret,
        "--Clusters:test:Kubeconfig", world.Kubeconfig,
        "--Clusters:test:Timeout", "2s",
        .. settings,
    ]);

    public async Task<JsonNode> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative)))!;

    public async Task<HttpResponseMessage> PostAsync(string path, object body) => await Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);

    public Task<JsonNode> StageAsync(string stage) => GetAsync($"api/projects/{Project}/stages/{stage}");

    public async Task<JsonArray> PromotionsAsync(string stage) =>
        (await GetAsync($"api/projects/{Project}/promotions?stage={stage}"))["items"]!.AsArray();

    public async Task<IReadOnlyList<JsonNode>> AuditAsync()
    {
        List<JsonNode> entries = [];
        for (string? next = ""; next is not null;)
        {
            var page = await GetAsync($"api/projects/{Project}/audit{(next.Length > 0 ? $"?continue={Uri.EscapeDataString(next)}" : "")}");
            entries.AddRange(page["items"]!.AsArray().Select(e => e!.DeepClone()));
            next = (string?)page["continue"];
        }

        return entries;
    }

    /// <summary>Promotes freight, by identity or alias.</summary>
    public async Task<string> PromoteAsync(string stage, string freight)
    {
        using var response = await PostAsync($"api/projects/{Project}/stages/{stage}/promotions", new { freight });
        Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["name"]!;
    }

    /// <summary>Waits until the newest promotion of a stage is in a phase, and returns it.</summary>
    public async Task<JsonNode> NewestPromotionAsync(string stage, Func<JsonNode, bool> isSo, string what)
    {
        JsonNode? found = null;
        await Poll.UntilAsync($"{what} in {stage}; last seen: {found}", Patience, async _ =>
        {
            found = (await PromotionsAsync(stage)).FirstOrDefault();
            return found is not null && isSo(found);
        });
        return found!;
    }

    public Task<JsonNode> EndedAsync(string stage, string phase) =>
        NewestPromotionAsync(stage, p => (string?)p["phase"] == phase, $"a promotion that {phase}");

    /// <summary>Waits until a stage holds a commit and says that it is verified.</summary>
    public Task VerifiedAsync(string stage, string commit) => Poll.UntilAsync($"{commit} verified in {stage}", Patience, async _ =>
    {
        var state = await StageAsync(stage);
        return state.ToJsonString().Contains(commit, StringComparison.Ordinal)
            && (string?)state["verification"]?["phase"] == "Successful"
            && (string?)state["current"]?.AsObject().FirstOrDefault().Value?["commits"]?[0]?["id"] == commit;
    });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
