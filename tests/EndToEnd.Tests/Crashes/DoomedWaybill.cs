using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.Crashes;

/// <summary>A Waybill in a process of its own, which kills itself at one of its commits.</summary>
internal sealed class DoomedWaybill : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GuardedProcess _process;
    private readonly HttpClient _http;
    private readonly string _token;
    private bool _isGone;

    private DoomedWaybill(TestWorld world, string moment, int nth)
    {
        var settings = RunningWaybill.Settings(world);
        (_http, _token) = (new HttpClient { BaseAddress = settings.Url, Timeout = TimeSpan.FromSeconds(5) }, Path.Combine(settings.Folder, "api-token"));
        _process = GuardedProcess.Start(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Waybill.CrashHost.dll"), settings.Manifests!, $"{settings.Port}", settings.Data,
                moment, nth.ToString(CultureInfo.InvariantCulture), .. settings.Settings,
            ],
            _folder);
        world.GitHub.RegisterHook(new Uri(settings.Url, "webhooks/github"), TestWorld.WebhookSecret);
    }

    public bool IsDead => _process.HasExited;

    /// <summary>Starts it and waits until it answers, or is dead already.</summary>
    public static async Task<DoomedWaybill> StartAsync(TestWorld world, string moment, int nth)
    {
        var doomed = new DoomedWaybill(world, moment, nth);
        await Poll.UntilAsync("the child to answer", RunningWaybill.Patience, async token =>
            doomed.IsDead || (await doomed._http.GetAsync(new Uri("healthz", UriKind.Relative), token)).IsSuccessStatusCode);
        return doomed;
    }

    /// <summary>Waits until it is dead, or has done everything without getting as far as its commit. Says whether it died.</summary>
    public async Task<bool> DiedAsync(string stage, string commit)
    {
        await Poll.UntilAsync($"the child to die; it says: {_process.LogTail()}", RunningWaybill.Patience, async token =>
            IsDead || await HasVerifiedAsync(stage, commit, token));
        return IsDead;
    }

    /// <summary>May be called again: a test ends the child early, to start the next one on its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isGone, true))
        {
            return;
        }

        _http.Dispose();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<bool> HasVerifiedAsync(string stage, string commit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"api/projects/{TestWorld.Project}/stages/{stage}", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(_token, cancellationToken)).Trim());
        using var response = await _http.SendAsync(request, cancellationToken);
        var state = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return (string?)state?["verification"]?["phase"] == "Successful" && state.ToJsonString().Contains(commit, StringComparison.Ordinal);
    }
}
