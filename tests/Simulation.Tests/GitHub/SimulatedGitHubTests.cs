using System.Net;
using Microsoft.Extensions.Time.Testing;
using Waybill.Engine.Webhooks;
using Waybill.Simulation.GitHub;

namespace Waybill.Simulation.Tests.GitHub;

public sealed class SimulatedGitHubTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "a secret of the hook";

    private readonly HttpClient _http = new();
    private SimulatedGitHub _gitHub = null!;
    private SimulatedRepository _repository = null!;
    private HookReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _gitHub = await SimulatedGitHub.StartAsync(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)));
        _repository = _gitHub.CreateRepository("acme", "infra");
        _receiver = await HookReceiver.StartAsync();
        _gitHub.RegisterHook(_receiver.Url, Secret);
    }

    public void Dispose() => _http.Dispose();

    public async Task DisposeAsync()
    {
        await _gitHub.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_push_is_delivered_signed_and_reads_as_a_push()
    {
        await _repository.PushAsync("main", "First", "a");
        var push = await _repository.PushAsync("main", "Second", "a", "b");

        var (headers, body) = _receiver.Received.Last();
        var parsed = Assert.IsType<PushParsing.Parsed>(GitHubPushParser.Parse(body)).Push;
        Assert.True(GitHubSignature.IsValid(Secret, body, headers["X-Hub-Signature-256"]));
        Assert.Equal("push", headers["X-GitHub-Event"]);
        Assert.True(Guid.TryParse(headers["X-GitHub-Delivery"], out _));
        Assert.StartsWith("GitHub-Hookshot/", headers["User-Agent"], StringComparison.Ordinal);
        Assert.True(push.Deliveries.Single().Succeeded);
        Assert.Equal((push.Head, "refs/heads/main", "main"), (parsed.After, parsed.Ref, parsed.Repository.DefaultBranch));
        Assert.Equal(["b"], parsed.Commits.Single().Added);
        Assert.Equal(["a"], parsed.Commits.Single().Modified);
        Assert.True(parsed.IsComplete);
    }

    [Fact]
    public async Task A_redelivery_has_the_same_id_and_bytes()
    {
        var push = await _repository.PushAsync("main", "First", "a");

        await _gitHub.RedeliverAsync(push.Deliveries.Single().Id);

        var (first, second) = (_receiver.Received.First(), _receiver.Received.Last());
        Assert.Equal(2, _receiver.Received.Count);
        Assert.Equal(first.Headers["X-GitHub-Delivery"], second.Headers["X-GitHub-Delivery"]);
        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_not_asked_again()
    {
        _receiver.Status = 500;

        var push = await _repository.PushAsync("main", "First", "a");

        Assert.Equal((500, 1), (push.Deliveries.Single().Status, _receiver.Received.Count));
    }

    [Fact]
    public async Task New_rewritten_and_deleted_refs_say_so()
    {
        var first = await _repository.PushAsync("main", "First", "a");
        await _repository.PushAsync("main", "Second", "a");
        await _repository.ForcePushAsync("main", first.Head, [new CommitContent("Instead", "a")]);
        await _repository.CreateBranchAsync("topic", "main");
        await _repository.DeleteBranchAsync("topic");
        await _repository.TagAsync("v1", message: "One");

        var pushes = _receiver.Received.Select(r => ((PushParsing.Parsed)GitHubPushParser.Parse(r.Body)).Push).ToArray();

        Assert.Equal([true, false, false, true, false, true], pushes.Select(p => p.Created));
        Assert.Equal([false, false, true, false, false, false], pushes.Select(p => p.Forced));
        Assert.Equal([false, false, false, false, true, false], pushes.Select(p => p.Deleted));
        Assert.Equal("refs/heads/main", pushes[3].BaseRef);
        Assert.Equal(_repository.HeadOf("main"), pushes[5].HeadCommit?.Id);
        Assert.NotEqual(pushes[5].After, pushes[5].HeadCommit?.Id);
    }

    [Fact]
    public async Task A_ping_is_signed_too()
    {
        await _gitHub.PingAsync();

        var (headers, body) = _receiver.Received.Single();
        Assert.Equal("ping", headers["X-GitHub-Event"]);
        Assert.True(GitHubSignature.IsValid(Secret, body, headers["X-Hub-Signature-256"]));
    }

    [Fact]
    public async Task Hashes_are_the_same_on_every_run()
    {
        await using var again = await SimulatedGitHub.StartAsync();
        var other = again.CreateRepository("acme", "infra");

        Assert.Equal(_repository.Commit("main", new CommitContent("One", "a")).Sha, other.Commit("main", new CommitContent("One", "a")).Sha);
        Assert.Matches("^[0-9a-f]{40}$", _repository.HeadOf("main"));
    }

    [Fact]
    public async Task A_known_answer_is_304_and_counts_nothing()
    {
        _repository.Commit("main", new CommitContent("One", "a"));
        using var first = await GetAsync("repos/acme/infra/commits", null);
        var counted = _gitHub.CountedRequests;

        using var second = await GetAsync("repos/acme/infra/commits", first.Headers.ETag!.ToString());

        Assert.Equal((HttpStatusCode.NotModified, counted), (second.StatusCode, _gitHub.CountedRequests));
        Assert.Equal("4999", second.Headers.GetValues("x-ratelimit-remaining").Single());
    }

    [Fact]
    public async Task Pages_are_linked()
    {
        Enumerable.Range(0, 5).ToList().ForEach(i => _repository.Commit("main", new CommitContent($"{i}", "a")));

        using var response = await GetAsync("repos/acme/infra/commits?per_page=2&page=2", null);

        var link = response.Headers.GetValues("Link").Single();
        Assert.Contains("per_page=2&page=3>; rel=\"next\"", link);
        Assert.Contains("per_page=2&page=1>; rel=\"prev\"", link);
        Assert.Contains("per_page=2&page=3>; rel=\"last\"", link);
    }

    [Fact]
    public async Task A_fault_waits_for_its_path_and_is_used_up()
    {
        _repository.Commit("main", new CommitContent("One", "a"));
        _gitHub.Faults.Enqueue(GitHubFault.Status(503), pathPart: "/tags");

        using var commits = await GetAsync("repos/acme/infra/commits", null);
        using var broken = await GetAsync("repos/acme/infra/tags", null);
        using var well = await GetAsync("repos/acme/infra/tags", null);

        Assert.Equal([200, 503, 200], [(int)commits.StatusCode, (int)broken.StatusCode, (int)well.StatusCode]);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_gitHub.ApiUrl, path));
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        return await _http.SendAsync(request);
    }
}
