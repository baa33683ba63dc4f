using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.Drivers;

/// <summary>An OpenTelemetry collector that keeps what it is sent over HTTP. Protobuf holds texts as they are, so they can be looked for.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _received = new();
    private readonly WebApplication _app;

    private Collector(WebApplication app, Uri url) => (_app, Url) = (app, url);

    public Uri Url { get; }

    public string Everything => string.Join('\n', _received.Values);

    public static async Task<Collector> StartAsync()
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.FindFree()}/");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.ToString());
        var collector = new Collector(builder.Build(), url);
        collector._app.Run(collector.ReceiveAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Waits until a text came in a signal's path, such as <c>/v1/traces</c>.</summary>
    public Task ReceivedAsync(string path, string text) => Poll.UntilAsync(
        $"{text} in {path}", RunningWaybill.Patience, _ => Task.FromResult(_received.GetValueOrDefault(path, "").Contains(text, StringComparison.Ordinal)));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var text = Encoding.Latin1.GetString(body.ToArray());
        _received.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
    }
}
