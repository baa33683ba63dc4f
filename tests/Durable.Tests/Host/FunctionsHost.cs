using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Waybill.Functions.Tests.Head;
using Waybill.TestParts;
using Waybill.TestStores;

namespace Waybill.Durable.Tests.Host;

/// <summary>
/// The app as it is deployed, in a process of its own, and the Functions host's part of the talk with it. What it can't stand in for is the
/// host itself: routing, timers' clockwork, the durable backend.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MessageStream _stream = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode>> _asked = new();
    private readonly ConcurrentQueue<string> _logged = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;
    private SqliteTemporaryFile _file = null!;
    private GuardedProcess _worker = null!;

    private FunctionsHost(WebApplication app) => _app = app;

    /// <summary>What the worker says it can do.</summary>
    public JsonNode Capabilities { get; private set; } = new JsonObject();

    /// <summary>What the worker says its functions are, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode> Functions { get; private set; } = new Dictionary<string, JsonNode>();

    /// <summary>What the app wrote last, for the message of a test that fails.</summary>
    public string Log => string.Join('\n', _logged.TakeLast(20).Append(_worker.LogTail()));

    public static async Task<FunctionsHost> StartAsync()
    {
        var port = LoopbackPort.FindFree();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2));
        var host = new FunctionsHost(builder.Build());
        host._app.MapPost(MessageStream.Path, host._stream.ServeAsync);
        await host._app.StartAsync();
        host._file = await SqliteTemporaryFile.CreateAsync();
        host._worker = GuardedProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "Waybill.Functions.dll"), .. Arguments(port)], host._folder, host.Settings());
        _ = host.ListenAsync();
        try
        {
            await host.GetAcquaintedAsync();
            return host;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The app does not answer: {host.Log}");
        }
    }

    /// <summary>Has a function called, as the host does when its trigger fires, with its inputs by parameter.</summary>
    public Task<JsonNode> InvokeAsync(string function, JsonArray inputs, string? id = null) => AskAsync("invocationRequest", new JsonObject
    {
        ["invocationId"] = id ?? Guid.NewGuid().ToString(),
        ["functionId"] = (string)Functions[function]["functionId"]!,
        ["inputData"] = inputs,
        ["traceContext"] = new JsonObject(),
    });

    /// <summary>Calls an HTTP function as the host does: the request goes on to the worker's own web server, its trigger over the stream.</summary>
    public async Task<HttpResponseMessage> SendAsync(string function, HttpRequestMessage request)
    {
        var id = Guid.NewGuid().ToString();
        using var direct = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(direct) { BaseAddress = new Uri((string)Capabilities["HttpUri"]!), Timeout = Patience };
        request.Headers.Add("x-ms-invocation-id", id);
        var trigger = new JsonObject { ["name"] = "request", ["data"] = new JsonObject { ["http"] = new JsonObject { ["method"] = request.Method.Method } } };
        var invoked = InvokeAsync(function, [trigger, NoBackend()], id);
        var response = await http.SendAsync(request);
        await invoked;
        return response;
    }

    /// <summary>A durable client whose backend is away: nobody listens there.</summary>
    public static JsonObject NoBackend() =>
        new() { ["name"] = "client", ["data"] = new JsonObject { ["string"] = """{"rpcBaseUrl":"http://127.0.0.1:9/","taskHubName":"waybill"}""" } };

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _app.DisposeAsync();
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    private static IEnumerable<string> Arguments(int port) =>
    [
        "--host", "127.0.0.1", "--port", $"{port}", "--workerId", "worker", "--requestId", "start", "--grpcMaxMessageLength", "2147483647",
        "--functions-uri", $"http://localhost:{port}", "--functions-worker-id", "worker", "--functions-request-id", "start",
        "--functions-grpc-max-message-length", "2147483647",
    ];

    private Dictionary<string, string> Settings()
    {
        var settings = SampleSettings.Filled(_folder.Path);
        settings["Storage:ConnectionString"] = "";
        settings["Storage:SqlitePath"] = _file.Path;
        settings["HOME"] = _folder.Path;
        settings["FUNCTIONS_APPLICATION_DIRECTORY"] = AppContext.BaseDirectory;
        return settings.ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value ?? "");
    }

    private async Task GetAcquaintedAsync()
    {
        await _started.Task.WaitAsync(Patience);
        Capabilities = (await AskAsync("workerInitRequest", new JsonObject
        {
            ["hostVersion"] = "4.1000.0",
            ["functionAppDirectory"] = AppContext.BaseDirectory,
            ["capabilities"] = new JsonObject { ["HandlesInvocationCancelMessage"] = "true" },
        }))["capabilities"]!;
        var answer = await AskAsync("functionsMetadataRequest", new JsonObject { ["functionAppDirectory"] = AppContext.BaseDirectory });
        Functions = answer["functionMetadataResults"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => f!);
        foreach (var function in Functions.Values)
        {
            var loaded = await AskAsync("functionLoadRequest", new JsonObject { ["functionId"] = (string)function["functionId"]!, ["metadata"] = function.DeepClone() });
            Assert.Equal("Success", (string?)loaded["result"]!["status"] ?? "Failure");
        }
    }

    private async Task<JsonNode> AskAsync(string request, JsonObject content)
    {
        var id = Guid.NewGuid().ToString();
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _stream.Send(new JsonObject { ["requestId"] = id, [request] = content }.ToJsonString());
        return await answer.Task.WaitAsync(Patience);
    }

    private async Task ListenAsync()
    {
        await foreach (var json in _stream.Received.ReadAllAsync())
        {
            var message = JsonNode.Parse(json)!.AsObject();
            if (message.ContainsKey("startStream"))
            {
                _started.TrySetResult();
            }
            else if (message["rpcLog"] is { } log)
            {
                _logged.Enqueue($"{log["category"]}: {log["message"]} {log["exception"]?["message"]}");
            }
            else if (_asked.TryRemove((string?)message["requestId"] ?? "", out var answer))
            {
                answer.TrySetResult(message.Single(m => m.Key != "requestId").Value!);
            }
        }
    }
}
