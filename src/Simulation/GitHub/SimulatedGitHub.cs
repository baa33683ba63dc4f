using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.GitHub;

/// <summary>
/// GitHub in one process: repositories in memory, the REST endpoints that Waybill reads on a free loopback port, and signed webhooks.
/// Its answers conform to GitHub's own OpenAPI description.
/// </summary>
public sealed class SimulatedGitHub : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, SimulatedRepository> _repositories = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly HookSender _hooks = new(GitHubHooks.HeadersOf);
    private readonly SimulatedAccess _access;
    private readonly RateLimit _limit;

    private SimulatedGitHub(TimeProvider time)
    {
        (_time, _access, _limit) = (time, new SimulatedAccess(time), new RateLimit(time));
        _app = LoopbackServer.Create(AnswerAsync);
    }

    /// <summary>The API's address: what <c>GitHub:BaseUrl</c> must be.</summary>
    public Uri ApiUrl { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Bad days to come.</summary>
    public GitHubFaults Faults { get; } = new();

    /// <summary>The requests so far, as method and path with query.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>How many requests counted against the rate limit.</summary>
    public int CountedRequests => _limit.Used;

    /// <summary>How many bytes of answers it sent.</summary>
    public long BytesSent => _limit.Bytes;

    /// <summary>How many installation tokens apps were given.</summary>
    public int IssuedTokens => _access.IssuedTokens;

    /// <summary>The webhooks sent so far, in no promised order.</summary>
    public IReadOnlyList<HookDelivery> Deliveries => _hooks.Deliveries;

    public static async Task<SimulatedGitHub> StartAsync(TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var gitHub = new SimulatedGitHub(time ?? TimeProvider.System);
        await gitHub._app.StartAsync(cancellationToken);
        gitHub.ApiUrl = new Uri(gitHub._app.Urls.Single() + "/");
        return gitHub;
    }

    public SimulatedRepository CreateRepository(string owner, string name, string defaultBranch = "main") =>
        _repositories[$"{owner}/{name}"] = new SimulatedRepository(owner, name, defaultBranch, _time, DeliverAsync)
        {
            DeliverEvent = (name, payload) => _hooks.SendAsync(name, payload(ApiUrl.AbsoluteUri), CancellationToken.None),
        };

    /// <summary>Sends the webhooks of every push in any repository to a receiver.</summary>
    public void RegisterHook(Uri url, string secret) => _hooks.Register(url, secret);

    /// <summary>What GitHub sends first to a new hook.</summary>
    public Task<IReadOnlyList<HookDelivery>> PingAsync(CancellationToken cancellationToken = default) =>
        _hooks.SendAsync("ping", new JsonObject { ["zen"] = "Keep it logically awesome.", ["hook_id"] = 1 }, cancellationToken);

    /// <summary>Sends a webhook again, under the same delivery id.</summary>
    public Task<HookDelivery> RedeliverAsync(Guid deliveryId, CancellationToken cancellationToken = default) =>
        _hooks.RedeliverAsync(deliveryId, cancellationToken);

    /// <summary>From now on only callers with a registered token or app are answered.</summary>
    public void RequireToken(string token) => _access.AllowToken(token, DateTimeOffset.MaxValue);

    /// <summary>Registers an app by its public key; from now on callers must authenticate.</summary>
    public void RegisterApp(string appId, long installationId, string publicKeyPem) => _access.RegisterApp(appId, installationId, publicKeyPem);

    /// <summary>Takes every token back before its time.</summary>
    public void RevokeTokens() => _access.RevokeTokens();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _hooks.Dispose();
        _access.Dispose();
    }

    private Task<IReadOnlyList<HookDelivery>> DeliverAsync(PushEvent push, CancellationToken cancellationToken) =>
        _hooks.SendAsync("push", PushPayloads.Create(push, ApiUrl.AbsoluteUri), cancellationToken);

    private async Task AnswerAsync(HttpContext context)
    {
        var target = $"{context.Request.Path}{context.Request.QueryString}";
        _requests.Enqueue($"{context.Request.Method} {target}");
        switch (Faults.Take(target))
        {
            case GitHubFault.Hang:
                await LoopbackServer.HangAsync(context, _app.Lifetime.ApplicationStopping);
                break;
            case GitHubFault.Drop:
                context.Abort();
                break;
            case GitHubFault.WebPage:
                await LoopbackServer.WriteWebPageAsync(context);
                break;
            case GitHubFault.Error error:
                await WriteAsync(context, GitHubReply.Error(error.Code, error.Message), error.Headers);
                break;
            default:
                await (await AnswerAsync(context.Request)).WriteAsync(context, _limit);
                break;
        }
    }

    private Task WriteAsync(HttpContext context, GitHubReply reply, IReadOnlyDictionary<string, string> headers)
    {
        context.Response.OnStarting(() =>
        {
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            return Task.CompletedTask;
        });
        return reply.WriteAsync(context, _limit);
    }

    // Slashes of branch names come encoded or not, and mean the same.
    private async Task<GitHubReply> AnswerAsync(HttpRequest request) =>
        (request.Method, request.Path.Value!.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Trim('/').Split('/', 4)) switch
        {
            ("POST", ["app", "installations", var id, "access_tokens"]) when long.TryParse(id, out var number) => _access.IssueToken(request, number),
            (_, _) when _access.Refuse(request) is { } refusal => refusal,
            ("GET", ["repos", var owner, var name, .. var rest]) when _repositories.TryGetValue($"{owner}/{name}", out var repository) =>
                GitHubRoutes.Get(repository, rest.FirstOrDefault() ?? "", request.Query, ApiUrl.AbsoluteUri),
            (_, ["repos", var owner, var name, var rest]) when _repositories.TryGetValue($"{owner}/{name}", out var repository) =>
                await ChangeAsync(repository, request, rest),
            _ => GitHubReply.NotFound,
        };

    private async Task<GitHubReply> ChangeAsync(SimulatedRepository repository, HttpRequest request, string path)
    {
        JsonObject body;
        try
        {
            body = request.ContentLength is 0 ? [] : await JsonNode.ParseAsync(request.Body) as JsonObject ?? [];
        }
        catch (System.Text.Json.JsonException)
        {
            return GitHubReply.Error(StatusCodes.Status400BadRequest, "Problems parsing JSON");
        }

        return GitDataRoutes.Change(repository, request.Method, path, body, ApiUrl.AbsoluteUri)
            ?? PullRequestRoutes.Change(repository, request.Method, path, body, ApiUrl.AbsoluteUri)
            ?? ReportingRoutes.Change(repository, request.Method, path, body, ApiUrl.AbsoluteUri)
            ?? GitHubReply.NotFound;
    }
}
