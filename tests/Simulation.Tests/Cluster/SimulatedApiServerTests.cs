using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Waybill.Simulation.Cluster;

namespace Waybill.Simulation.Tests.Cluster;

/// <summary>The rules of a kube-apiserver that the product relies on, as the simulated one keeps them.</summary>
public sealed class SimulatedApiServerTests : IAsyncLifetime
{
    private const string Stacks = "apis/pulumi.com/v1/namespaces/default/stacks";

    private SimulatedApiServer _server = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _server = await SimulatedApiServer.StartAsync();
        _http = Http(_server.AdminToken);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Only_a_change_of_the_spec_bumps_the_generation_and_every_change_the_version()
    {
        var created = await CreateAsync("dev");

        var annotated = await PatchAsync("dev", """{"metadata":{"annotations":{"a":"b"}}}""");
        var observed = await PatchAsync("dev/status", """{"status":{"observedGeneration":1},"spec":{"commit":"ignored"}}""");
        var changed = await PatchAsync("dev", """{"spec":{"commit":"c","branch":null},"status":{"observedGeneration":9}}""");
        var same = await PatchAsync("dev", """{"spec":{"commit":"c"}}""");

        Assert.Equal([1L, 1, 1, 2, 2], new[] { created, annotated, observed, changed, same }.Select(Generation));
        Assert.Equal(4, new[] { created, annotated, observed, changed, same }.Select(Version).Distinct().Count());
        Assert.Equal("""{"stack":"o/p/dev","commit":"c"}""", changed["spec"]!.ToJsonString());
        Assert.Equal("""{"observedGeneration":1}""", changed["status"]!.ToJsonString());
    }

    [Fact]
    public async Task A_status_in_a_new_object_is_dropped()
    {
        var created = await CreateAsync("dev", """{"stack":"o/p/dev"}""", """{"observedGeneration":5}""");

        Assert.Null(created["status"]);
    }

    [Fact]
    public async Task An_Application_s_status_is_an_ordinary_field_and_its_change_a_new_generation()
    {
        const string Applications = "apis/argoproj.io/v1alpha1/namespaces/argocd/applications";
        var created = await SendAsync("POST", Applications, """
            {"metadata":{"name":"infra"},"spec":{"project":"default","destination":{}},"status":{"health":{"status":"Healthy"}}}
            """);

        var annotated = await SendAsync("PATCH", $"{Applications}/infra", """{"metadata":{"annotations":{"a":"b"}}}""");
        var patched = await SendAsync("PATCH", $"{Applications}/infra", """{"operation":{"sync":{}},"status":{"health":null}}""");
        var subresource = await SendAsync("PATCH", $"{Applications}/infra/status", """{"status":{}}""");

        Assert.Equal("Healthy", (string?)JsonNode.Parse(created.Body)!["status"]!["health"]!["status"]);
        Assert.Equal([1L, 1, 2], new[] { created, annotated, patched }.Select(a => Generation(JsonNode.Parse(a.Body)!)));
        Assert.Equal("{}", JsonNode.Parse(patched.Body)!["status"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, subresource.Code);
    }

    [Theory]
    [InlineData("PATCH", "dev")]
    [InlineData("PATCH", "dev/status")]
    [InlineData("PUT", "dev")]
    [InlineData("PUT", "dev/status")]
    public async Task A_write_against_a_stale_version_is_a_conflict(string method, string path)
    {
        var stale = await CreateAsync("dev");
        await PatchAsync("dev", """{"spec":{"commit":"c"}}""");

        var answer = await SendAsync(method, $"{Stacks}/{path}", stale.ToJsonString());

        AssertStatus(answer, 409, "Conflict", "the object has been modified");
    }

    [Theory]
    [InlineData("dev", "{}", "spec.stack: Required value")]
    [InlineData("dev", """{"stack":"s","commit":42}""", "spec.commit in body must be of type string")]
    [InlineData("dev", """{"stack":"s","preview":"yes"}""", "spec.preview in body must be of type boolean")]
    [InlineData("a-name-of-more-than-forty-two-characters-xx", """{"stack":"s"}""", "Too long")]
    public async Task A_spec_that_breaks_the_definition_is_unprocessable(string name, string spec, string said)
    {
        var answer = await SendAsync("POST", Stacks, Stack(name, spec));

        AssertStatus(answer, 422, "Invalid", said);
    }

    [Fact]
    public async Task Refusals_are_worded_as_a_kube_apiserver_words_them()
    {
        await CreateAsync("dev");
        using var stranger = Http("stranger");
        using var reader = Http(_server.AddUser("reader", (verb, _) => verb == "get"));

        AssertStatus(await SendAsync("GET", $"{Stacks}/gone", null), 404, "NotFound", "stacks.pulumi.com \"gone\" not found");
        AssertStatus(await SendAsync("POST", Stacks, Stack("dev", """{"stack":"s"}""")), 409, "AlreadyExists", "already exists");
        AssertStatus(await SendAsync("POST", Stacks, "{"), 400, "BadRequest", "unrecognized");
        AssertStatus(await SendAsync("PUT", $"{Stacks}/dev", Stack("dev", """{"stack":"s"}""")), 422, "Invalid", "must be specified for an update");
        AssertStatus(await SendAsync("PATCH", $"{Stacks}/dev", "{}", "application/json"), 415, "UnsupportedMediaType", "merge-patch");
        AssertStatus(await SendAsync("GET", $"{Stacks}/dev", null, by: stranger), 401, "Unauthorized", "Unauthorized");
        AssertStatus(
            await SendAsync("PATCH", $"{Stacks}/dev", "{}", by: reader), 403, "Forbidden",
            "User \"reader\" cannot patch resource \"stacks\" in API group \"pulumi.com\" in the namespace \"default\"");
    }

    [Fact]
    public async Task What_the_server_does_not_serve_is_no_Status()
    {
        _server.Uninstall("updates");

        foreach (var path in new[] { "api/v1/pods", "apis/pulumi.com/v2/stacks", "apis/auto.pulumi.com/v1alpha1/updates" })
        {
            var (code, body) = await SendAsync("GET", path, null);

            Assert.Equal((HttpStatusCode.NotFound, "404 page not found\n"), (code, body));
        }
    }

    [Fact]
    public async Task An_object_with_finalizers_goes_when_the_last_is_removed()
    {
        await CreateAsync("dev");
        await PatchAsync("dev", """{"metadata":{"finalizers":["x"]}}""");

        await SendAsync("DELETE", $"{Stacks}/dev", null);
        var going = JsonNode.Parse((await SendAsync("GET", $"{Stacks}/dev", null)).Body)!;
        await PatchAsync("dev", """{"metadata":{"finalizers":null}}""");

        Assert.NotNull(going["metadata"]!["deletionTimestamp"]);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", $"{Stacks}/dev", null)).Code);
    }

    [Fact]
    public async Task A_list_names_what_there_is_and_the_version_to_watch_from()
    {
        await CreateAsync("dev");
        var last = await CreateAsync("prod");

        var list = JsonNode.Parse((await SendAsync("GET", "apis/pulumi.com/v1/stacks", null)).Body)!;
        var one = JsonNode.Parse((await SendAsync("GET", $"{Stacks}?fieldSelector=metadata.name%3Ddev", null)).Body)!;

        Assert.Equal(["dev", "prod"], list["items"]!.AsArray().Select(i => i!["metadata"]!["name"]!.GetValue<string>()));
        Assert.Equal(Version(last), Version(list));
        Assert.Single(one["items"]!.AsArray());
    }

    [Fact]
    public async Task A_watch_reports_each_change_after_its_version_in_order()
    {
        var created = await CreateAsync("dev");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var stream = new StreamReader(await _http.GetStreamAsync($"{Stacks}?watch=true&resourceVersion={Version(created)}", deadline.Token));

        await PatchAsync("dev", """{"spec":{"commit":"c"}}""");
        await SendAsync("DELETE", $"{Stacks}/dev", null);

        var events = new List<JsonNode>();
        while (events.Count < 2)
        {
            events.Add(JsonNode.Parse((await stream.ReadLineAsync(deadline.Token))!)!);
        }

        Assert.Equal(["MODIFIED", "DELETED"], events.Select(e => e["type"]!.GetValue<string>()));
        Assert.Equal("c", events[0]["object"]!["spec"]!["commit"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_watch_without_a_version_begins_with_what_there_is()
    {
        await CreateAsync("dev");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var stream = new StreamReader(await _http.GetStreamAsync($"{Stacks}?watch=true", deadline.Token));

        var first = JsonNode.Parse((await stream.ReadLineAsync(deadline.Token))!)!;

        Assert.Equal("ADDED", first["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Faults_befall_the_calls_that_they_match_as_often_as_they_say()
    {
        await CreateAsync("dev");
        _server.Faults.Add(Fault.Status(503, retryAfterSeconds: 2) with { Verb = "get", Resource = "stacks", Name = "dev", Times = 2 });

        var codes = new List<int>();
        foreach (var name in new[] { "other", "dev", "dev", "dev" })
        {
            codes.Add((int)(await SendAsync("GET", $"{Stacks}/{name}", null)).Code);
        }

        Assert.Equal([404, 503, 503, 200], codes);
    }

    private static long Generation(JsonNode stack) => stack["metadata"]!["generation"]!.GetValue<long>();

    private static string Version(JsonNode stack) => stack["metadata"]!["resourceVersion"]!.GetValue<string>();

    private static string Stack(string name, string spec, string? status = null) =>
        $$"""{"apiVersion":"pulumi.com/v1","kind":"Stack","metadata":{"name":"{{name}}"},"spec":{{spec}},"status":{{status ?? "null"}}}""";

    private static void AssertStatus((HttpStatusCode Code, string Body) answer, int code, string reason, string said)
    {
        var status = JsonNode.Parse(answer.Body)!;
        Assert.Equal((code, "Status", reason, code), ((int)answer.Code, (string?)status["kind"], (string?)status["reason"], (int)status["code"]!));
        Assert.Contains(said, (string?)status["message"], StringComparison.Ordinal);
    }

    private HttpClient Http(string token) =>
        new() { BaseAddress = _server.BaseAddress, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };

    private async Task<JsonNode> CreateAsync(string name, string spec = """{"stack":"o/p/dev","branch":"main"}""", string? status = null)
    {
        var (code, body) = await SendAsync("POST", Stacks, Stack(name, spec, status));
        Assert.Equal(HttpStatusCode.Created, code);
        return JsonNode.Parse(body)!;
    }

    private async Task<JsonNode> PatchAsync(string path, string patch)
    {
        var (code, body) = await SendAsync("PATCH", $"{Stacks}/{path}", patch);
        Assert.Equal(HttpStatusCode.OK, code);
        return JsonNode.Parse(body)!;
    }

    private async Task<(HttpStatusCode Code, string Body)> SendAsync(
        string method, string path, string? body, string? contentType = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(
                body, Encoding.UTF8, contentType ?? (method == "PATCH" ? "application/merge-patch+json" : "application/json"));
        }

        using var answer = await (by ?? _http).SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
