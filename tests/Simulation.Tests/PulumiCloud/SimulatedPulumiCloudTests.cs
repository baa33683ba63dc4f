using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.PulumiCloud;
using Waybill.Simulation.Tests.GitHub;
using Waybill.TestParts;

namespace Waybill.Simulation.Tests.PulumiCloud;

public sealed class SimulatedPulumiCloudTests : IAsyncLifetime, IDisposable
{
    private const string Stack = "acme/site/dev";
    private static readonly string Commit = new('c', 40);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private SimulatedPulumiCloud _cloud = null!;

    public async Task InitializeAsync()
    {
        _cloud = await SimulatedPulumiCloud.StartAsync();
        _http.BaseAddress = _cloud.ApiUrl;
        _http.DefaultRequestHeaders.Authorization = new("token", _cloud.Token);
    }

    public void Dispose() => _http.Dispose();

    public async Task DisposeAsync() => await _cloud.DisposeAsync();

    [Fact]
    public async Task The_question_of_the_articles_update_template_is_answered_with_flat_items_newest_first()
    {
        Record("first", new RunPlan());
        Record("second", new RunPlan { ResourceChanges = new Dictionary<string, int> { ["create"] = 2, ["same"] = 5 } });

        var answer = await GetAsync($"{Stack}/updates?pageSize=1&page=1");

        var newest = Assert.IsType<JsonObject>(Assert.Single(answer["updates"]!.AsArray()));
        Assert.Equal(("update", "succeeded", 2), ((string?)newest["kind"], (string?)newest["result"], (int)newest["version"]!));
        Assert.Equal(Commit, (string?)newest["environment"]!["git.head"]);
        Assert.Equal(2, (int)newest["resourceChanges"]!["create"]!);
        Assert.Equal("second", (string?)(await GetAsync($"{Stack}/updates?pageSize=1&page=1&output-type=service"))["updates"]![0]!["updateID"]);
        Assert.Equal(2, (await GetAsync($"{Stack}/updates"))["updates"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_question_of_the_articles_preview_template_is_answered_oldest_first_unless_asked_otherwise()
    {
        Record("before", new RunPlan(), "preview");
        Record("update", new RunPlan());
        Record("old", new RunPlan { FailsWith = "boom" }, "preview");
        Record("new", new RunPlan(), "preview");

        var asked = await GetAsync($"{Stack}/updates/latest/previews");
        var descending = await GetAsync($"{Stack}/updates/latest/previews?asc=false&page=1&pageSize=1");

        Assert.Equal(["old", "new"], asked["updates"]!.AsArray().Select(u => (string?)u!["updateID"]));
        Assert.Equal(["failed", "succeeded"], asked["updates"]!.AsArray().Select(u => (string?)u!["info"]!["result"]));
        Assert.Equal("Pupdate", (string?)asked["updates"]![1]!["info"]!["kind"]);
        Assert.Equal("new", (string?)Assert.Single(descending["updates"]!.AsArray())!["updateID"]);
    }

    [Fact]
    public async Task The_page_of_a_run_leads_to_its_record_and_the_same_run_is_recorded_once()
    {
        var update = Record("u", new RunPlan());
        var preview = Record("p", new RunPlan(), "preview");
        var again = Record("u", new RunPlan());

        Assert.Equal(($"https://app.pulumi.com/{Stack}/updates/1", $"https://app.pulumi.com/{Stack}/previews/p", update), (update, preview, again));
        Assert.Equal("u", (string?)(await GetAsync($"{Stack}/updates/1"))["updateID"]);
        Assert.Equal("u", (string?)(await GetAsync($"{Stack}/updates/latest"))["updateID"]);
        Assert.Equal("p", (string?)(await GetAsync($"{Stack}/previews/p"))["updateID"]);
        Assert.Equal("succeeded", (string?)(await GetAsync($"{Stack}/update/u"))["status"]);
    }

    [Theory]
    [InlineData("acme/site/never/updates", HttpStatusCode.NotFound)]
    [InlineData("acme/site/dev/updates/7", HttpStatusCode.NotFound)]
    [InlineData("acme/site/dev/previews/u", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_not_found(string path, HttpStatusCode expected)
    {
        Record("u", new RunPlan());

        using var response = await _http.GetAsync(new Uri($"api/stacks/{path}", UriKind.Relative));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Strangers_and_bearers_are_refused()
    {
        Record("u", new RunPlan());
        using var stranger = new HttpClient { BaseAddress = _cloud.ApiUrl };
        using var bare = await stranger.GetAsync(new Uri($"api/stacks/{Stack}/updates", UriKind.Relative));
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", _cloud.Token);
        using var bearer = await stranger.GetAsync(new Uri($"api/stacks/{Stack}/updates", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (bare.StatusCode, bearer.StatusCode));
    }

    [Fact]
    public async Task Bad_days_are_used_up_by_the_requests_that_they_are_for()
    {
        Record("u", new RunPlan());
        _cloud.Faults.Add(CloudFault.TooManyRequests(TimeSpan.FromSeconds(7)), pathPart: "/updates");
        _cloud.Faults.Add(new CloudFault.WebPage());
        var asked = new Uri($"api/stacks/{Stack}/updates", UriKind.Relative);

        using var throttled = await _http.GetAsync(asked);
        using var page = await _http.GetAsync(asked);
        using var fine = await _http.GetAsync(asked);

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (throttled.StatusCode, throttled.Headers.RetryAfter?.Delta));
        Assert.Equal(("text/html", "application/json"), (page.Content.Headers.ContentType?.MediaType, fine.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_hook_is_told_of_every_record_in_signed_bytes_that_do_not_name_the_commit()
    {
        await using var receiver = await HookReceiver.StartAsync();
        _cloud.RegisterHook(receiver.Url, "the hook's secret");

        Record("p", new RunPlan(), "preview");
        await Poll.UntilAsync("the hook", TimeSpan.FromSeconds(10), _ => Task.FromResult(!receiver.Received.IsEmpty));

        var (headers, body) = receiver.Received.Single();
        var payload = JsonNode.Parse(body)!;
        Assert.Equal("stack_preview", headers["Pulumi-Webhook-Kind"]);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData("the hook's secret"u8, body)), headers["Pulumi-Webhook-Signature"]);
        Assert.Equal(("acme", "site", "dev"), ((string?)payload["organization"]!["name"], (string?)payload["projectName"], (string?)payload["stackName"]));
        Assert.Equal($"https://app.pulumi.com/{Stack}/previews/p", (string?)payload["updateUrl"]);
        Assert.DoesNotContain(Commit, Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    private string Record(string id, RunPlan plan, string type = "up") => ((IRunRecorder)_cloud).Record(new FinishedRun
    {
        Id = id,
        PulumiStack = Stack,
        Type = type,
        Commit = Commit,
        StartedAt = DateTimeOffset.UnixEpoch.AddDays(1),
        EndedAt = DateTimeOffset.UnixEpoch.AddDays(1).AddMinutes(1),
        Plan = plan,
    });

    private async Task<JsonObject> GetAsync(string path) =>
        (await _http.GetFromJsonAsync<JsonObject>(new Uri($"api/stacks/{path}", UriKind.Relative)))!;
}
