using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.GitHub;

namespace Waybill.Simulation.PulumiCloud;

/// <summary>
/// Pulumi Cloud in one process: the history of every stack that a simulated operator runs, its REST API on a free loopback port,
/// and signed webhooks.
/// </summary>
public sealed class SimulatedPulumiCloud : IRunRecorder, IAsyncDisposable
{
    private const string Agent = "pulumi-kubernetes-operator/2.9.0";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, CloudStack> _stacks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly HookSender _hooks = new(CloudHooks.HeadersOf);
    private readonly ConcurrentDictionary<Task, bool> _sending = new();

    private SimulatedPulumiCloud()
    {
        AllowToken(Token);
        _app = LoopbackServer.Create(AnswerAsync);
    }

    /// <summary>The API's address: what <c>PulumiCloud:BaseUrl</c> must be.</summary>
    public Uri ApiUrl { get; private set; } = new("http://127.0.0.1/");

    /// <summary>A token that is accepted.</summary>
    public string Token { get; } = $"pul-{Guid.NewGuid():N}";

    /// <summary>Bad days to come.</summary>
    public CloudFaults Faults { get; } = new();

    /// <summary>The requests so far, as method and path with query.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>The webhooks sent so far, in no promised order.</summary>
    public IReadOnlyList<HookDelivery> Deliveries => _hooks.Deliveries;

    /// <summary>Has the last word about what is recorded of a run; null leaves it out. Changes its result, commit or kind, for bad days.</summary>
    public Func<FinishedRun, CloudRecord, CloudRecord?>? Decide { get; set; }

    public static async Task<SimulatedPulumiCloud> StartAsync(CancellationToken cancellationToken = default)
    {
        var cloud = new SimulatedPulumiCloud();
        await cloud._app.StartAsync(cancellationToken);
        cloud.ApiUrl = new Uri(cloud._app.Urls.Single() + "/");
        return cloud;
    }

    public void AllowToken(string token) => _tokens[token] = true;

    /// <summary>Takes every token back.</summary>
    public void RevokeTokens() => _tokens.Clear();

    /// <summary>Sends a webhook of every new record to a receiver.</summary>
    public void RegisterHook(Uri url, string secret) => _hooks.Register(url, secret);

    /// <summary>What Pulumi Cloud sends when somebody asks it to try a hook.</summary>
    public Task<IReadOnlyList<HookDelivery>> PingAsync(CancellationToken cancellationToken = default) =>
        _hooks.SendAsync("ping", new JsonObject { ["timestamp"] = 1 }, cancellationToken);

    /// <summary>Sends a webhook again, under the same id.</summary>
    public Task<HookDelivery> RedeliverAsync(Guid id, CancellationToken cancellationToken = default) => _hooks.RedeliverAsync(id, cancellationToken);

    /// <summary>A stack's updates and the previews since the last of them, newest first.</summary>
    public IReadOnlyList<CloudRecord> History(string stack) =>
        _stacks.TryGetValue(stack, out var found) ? [.. found.PreviewsSince(found.LatestVersion), .. found.Updates] : [];

    /// <summary>All updates and previews of a stack, newest first.</summary>
    public IReadOnlyList<CloudRecord> RecordsOf(string stack) => _stacks.TryGetValue(stack, out var found) ? found.Records : [];

    /// <summary>Adds what somebody else did to a stack: a refresh, an update from a laptop. Sends no webhook.</summary>
    public CloudRecord Add(string stack, CloudRecord record) => StackOf(stack).Add(record).Record;

    /// <summary>Changes a record: its result may come late.</summary>
    public void Change(string stack, string id, Func<CloudRecord, CloudRecord> change) => StackOf(stack).Change(id, change);

    string IRunRecorder.Record(FinishedRun run)
    {
        var isPreview = run.Type is "preview";
        var record = RecordOf(run);
        if ((Decide is null ? record : Decide(run, record)) is not { } decided)
        {
            return PageOf(run.PulumiStack, isPreview, run.Id, StackOf(run.PulumiStack).LatestVersion + 1);
        }

        var (added, isNew) = StackOf(run.PulumiStack).Add(decided);
        var page = PageOf(run.PulumiStack, isPreview, added.Id, added.Version);
        if (isNew)
        {
            Send(added.IsPreview ? "stack_preview" : "stack_update", CloudShapes.Hook(run.PulumiStack, added, page));
        }

        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_sending.Keys);
        await _app.DisposeAsync();
        _hooks.Dispose();
    }

    private static CloudRecord RecordOf(FinishedRun run)
    {
        var environment = new Dictionary<string, string> { ["exec.kind"] = "auto.local", ["exec.agent"] = Agent };
        if (run.Commit is { } commit)
        {
            (environment["git.head"], environment["git.dirty"]) = (commit, "false");
        }

        return new CloudRecord
        {
            Id = run.Id,
            Kind = run.Type switch { "preview" => "Pupdate", "up" => "update", var other => other },
            Result = run.Plan.BackendResult ?? (run.Plan.FailsWith is null ? "succeeded" : "failed"),
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
            Message = run.Message,
            Environment = environment,
            ResourceChanges = run.Plan.ResourceChanges,
        };
    }

    private static string PageOf(string stack, bool isPreview, string id, int version) =>
        $"https://app.pulumi.com/{stack}/{(isPreview ? $"previews/{id}" : $"updates/{version}")}";

    private CloudStack StackOf(string name) => _stacks.GetOrAdd(name, n => new CloudStack(n));

    private void Send(string kind, JsonObject payload)
    {
        // The operator does not wait for anybody's hooks.
        var sending = Task.Run(() => _hooks.SendAsync(kind, payload, CancellationToken.None));
        _sending[sending] = true;
        _ = sending.ContinueWith(t => _sending.TryRemove(t, out _), TaskScheduler.Default);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = $"{context.Request.Path}{context.Request.QueryString}";
        _requests.Enqueue($"{context.Request.Method} {target}");
        if (Faults.Take(target) is { } fault)
        {
            await CloudReply.WriteAsync(context, fault, _app.Lifetime.ApplicationStopping);
            return;
        }

        var (status, body) = Answer(context.Request);
        await CloudReply.WriteAsync(context, status, body);
    }

    private (int Status, JsonObject Body) Answer(HttpRequest request)
    {
        if (request.Headers.Authorization.ToString().Split(' ', 2) is not ["token", var token] || !_tokens.ContainsKey(token))
        {
            return (StatusCodes.Status401Unauthorized, CloudShapes.Error(401, "Unauthorized: No credentials provided or are invalid."));
        }

        var answer = (request.Method, request.Path.Value!.Trim('/').Split('/')) switch
        {
            ("GET", ["api", "stacks", var organization, var project, var stack, .. var rest])
                when _stacks.TryGetValue($"{organization}/{project}/{stack}", out var found) => CloudRoutes.Get(found, rest, request.Query),
            _ => null,
        };
        return answer is null
            ? (StatusCodes.Status404NotFound, CloudShapes.Error(404, $"Not Found: {request.Path}"))
            : (StatusCodes.Status200OK, answer);
    }
}
