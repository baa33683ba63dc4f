using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Waybill.Simulation.GitHub;

namespace Waybill.Simulation.Tests.GitHub;

/// <summary>The simulated GitHub's answers against GitHub's own description of them.</summary>
public sealed class GitHubConformanceTests : IAsyncLifetime, IDisposable
{
    private static readonly string NoSuchSha = new('1', 40);

    private readonly HttpClient _http = new();
    private SimulatedGitHub _gitHub = null!;
    private SimulatedRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _gitHub = await SimulatedGitHub.StartAsync();
        _repository = _gitHub.CreateRepository("acme", "infra");
        _gitHub.CreateRepository("acme", "empty");
        _repository.Commit("main", new CommitContent("One", "a", "b", "c"));
        _repository.Commit("main", new CommitContent("Two", "a") { Removed = ["b"], Renamed = [("c", "d")] });
        _repository.Commit("topic", new CommitContent("Elsewhere", "x"));
        await _repository.CreateBranchAsync("dev", "main");
        _repository.Tag("light");
        _repository.Tag("annotated", message: "Release");
    }

    public void Dispose() => _http.Dispose();

    public async Task DisposeAsync() => await _gitHub.DisposeAsync();

    [SkippableTheory]
    [InlineData("/repos/{owner}/{repo}", 200, "repos/acme/infra")]
    [InlineData("/repos/{owner}/{repo}", 404, "repos/acme/nope")]
    [InlineData("/repos/{owner}/{repo}/commits", 200, "repos/acme/infra/commits?per_page=1")]
    [InlineData("/repos/{owner}/{repo}/commits", 200, "repos/acme/infra/commits?sha=dev")]
    [InlineData("/repos/{owner}/{repo}/commits", 404, "repos/acme/infra/commits?sha=nope")]
    [InlineData("/repos/{owner}/{repo}/commits", 409, "repos/acme/empty/commits")]
    [InlineData("/repos/{owner}/{repo}/commits/{ref}", 200, "repos/acme/infra/commits/main")]
    [InlineData("/repos/{owner}/{repo}/commits/{ref}", 200, "repos/acme/infra/commits/HEAD~")]
    [InlineData("/repos/{owner}/{repo}/commits/{ref}", 404, "repos/acme/infra/commits/nope")]
    [InlineData("/repos/{owner}/{repo}/commits/{ref}", 422, "repos/acme/infra/commits/NOSUCHSHA")]
    [InlineData("/repos/{owner}/{repo}/compare/{basehead}", 200, "repos/acme/infra/compare/FIRST...main")]
    [InlineData("/repos/{owner}/{repo}/compare/{basehead}", 404, "repos/acme/infra/compare/NOSUCHSHA...main")]
    [InlineData("/repos/{owner}/{repo}/compare/{basehead}", 404, "repos/acme/infra/compare/main...topic")]
    [InlineData("/repos/{owner}/{repo}/tags", 200, "repos/acme/infra/tags?per_page=100&page=1")]
    [InlineData("/repos/{owner}/{repo}/branches", 200, "repos/acme/infra/branches")]
    [InlineData("/repos/{owner}/{repo}/branches/{branch}", 200, "repos/acme/infra/branches/dev")]
    [InlineData("/repos/{owner}/{repo}/branches/{branch}", 404, "repos/acme/infra/branches/nope")]
    [InlineData("/repos/{owner}/{repo}/git/ref/{ref}", 200, "repos/acme/infra/git/ref/tags/light")]
    [InlineData("/repos/{owner}/{repo}/git/ref/{ref}", 200, "repos/acme/infra/git/ref/tags/annotated")]
    [InlineData("/repos/{owner}/{repo}/git/ref/{ref}", 200, "repos/acme/infra/git/ref/heads/dev")]
    [InlineData("/repos/{owner}/{repo}/git/ref/{ref}", 404, "repos/acme/infra/git/ref/tags/nope")]
    [InlineData("/repos/{owner}/{repo}/git/tags/{tag_sha}", 200, "repos/acme/infra/git/tags/TAGSHA")]
    [InlineData("/repos/{owner}/{repo}/git/tags/{tag_sha}", 404, "repos/acme/infra/git/tags/NOSUCHSHA")]
    public async Task An_answer_is_as_GitHub_describes_it(string template, int status, string address)
    {
        var description = Description();
        var path = address
            .Replace("HEAD~", _repository.History(_repository.HeadOf("main")!)[1].Sha, StringComparison.Ordinal)
            .Replace("FIRST", _repository.History(_repository.HeadOf("main")!)[^1].Sha, StringComparison.Ordinal)
            .Replace("TAGSHA", _repository.Tags.Single(t => t.IsAnnotated).Sha, StringComparison.Ordinal)
            .Replace("NOSUCHSHA", NoSuchSha, StringComparison.Ordinal);

        using var response = await _http.GetAsync(new Uri(_gitHub.ApiUrl, path));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await description.FindViolationsAsync("get", template, status, await response.Content.ReadAsStringAsync()));
    }

    [SkippableFact]
    public async Task An_apps_token_is_as_GitHub_describes_it()
    {
        var description = Description();
        using var key = RSA.Create(2048);
        _gitHub.RegisterApp("app", 7, key.ExportSubjectPublicKeyInfoPem());

        foreach (var (jwt, status) in new[] { (Jwt(key, 540), 201), (Jwt(key, 900), 401), ("forged", 401) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_gitHub.ApiUrl, "app/installations/7/access_tokens"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", jwt);
            using var response = await _http.SendAsync(request);

            Assert.Equal(status, (int)response.StatusCode);
            Assert.Empty(await description.FindViolationsAsync("post", "/app/installations/{installation_id}/access_tokens", status, await response.Content.ReadAsStringAsync()));
        }
    }

    [SkippableTheory]
    [InlineData("post", "/repos/{owner}/{repo}/statuses/{sha}", 201, "statuses/HEAD", """{"state": "success", "context": "waybill/shop/dev", "description": "Done.", "target_url": "https://waybill.example/"}""")]
    [InlineData("post", "/repos/{owner}/{repo}/deployments", 201, "deployments", """{"ref": "main", "environment": "dev", "payload": "dev.1", "auto_merge": false, "required_contexts": []}""")]
    [InlineData("post", "/repos/{owner}/{repo}/deployments", 422, "deployments", """{"ref": "nope", "auto_merge": false, "required_contexts": []}""")]
    [InlineData("post", "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses", 201, "deployments/1/statuses", """{"state": "in_progress", "description": "At it.", "log_url": "https://waybill.example/"}""")]
    [InlineData("post", "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses", 422, "deployments/1/statuses", """{"state": "in progress"}""")]
    [InlineData("get", "/repos/{owner}/{repo}/deployments", 200, "deployments?environment=staging", null)]
    public async Task What_is_told_of_a_commit_is_answered_as_GitHub_describes_it(string method, string template, int status, string address, string? body)
    {
        var description = Description();
        using var first = await PostAsync("deployments", """{"ref": "main", "environment": "staging", "auto_merge": false, "required_contexts": []}""");

        var path = address.Replace("HEAD", _repository.HeadOf("main"), StringComparison.Ordinal);
        using var response = body is null ? await _http.GetAsync(new Uri(_gitHub.ApiUrl, $"repos/acme/infra/{path}")) : await PostAsync(path, body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await description.FindViolationsAsync(method, template, status, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_commit_takes_a_thousand_statuses_of_a_context_and_no_more()
    {
        HttpResponseMessage? last = null;
        for (var i = 0; i <= SimulatedStatus.Limit; i++)
        {
            last?.Dispose();
            last = await PostAsync($"statuses/{_repository.HeadOf("main")}", """{"state": "pending"}""");
        }

        Assert.Equal((422, SimulatedStatus.Limit), ((int)last!.StatusCode, _repository.Statuses.Count));
        last.Dispose();
    }

    [SkippableFact]
    public async Task A_push_webhook_is_as_GitHub_describes_it()
    {
        var description = Description();
        _gitHub.RegisterHook(new Uri("http://127.0.0.1:1/"), "0123456789abcdef");

        await _repository.PushAsync("main", [new CommitContent("Three", "e") { Removed = ["a"] }, new CommitContent("Four", "f")]);
        await _repository.TagAsync("v1", message: "One");
        await _repository.DeleteBranchAsync("dev");

        Assert.Equal(3, _gitHub.Deliveries.Count);
        foreach (var delivery in _gitHub.Deliveries)
        {
            Assert.Empty(await description.FindViolationsAsync("webhook-push", Encoding.UTF8.GetString(delivery.Body.Span)));
        }
    }

    [SkippableFact]
    public async Task The_check_itself_notices_a_wrong_answer()
    {
        var description = Description();
        var body = JsonNode.Parse(await _http.GetStringAsync(new Uri(_gitHub.ApiUrl, "repos/acme/infra/commits")))!;
        body[0]!["commit"]!["message"] = 7;
        ((JsonObject)body[1]!).Remove("sha");

        var violations = await description.FindViolationsAsync("get", "/repos/{owner}/{repo}/commits", 200, body.ToJsonString());

        Assert.NotEmpty(violations);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.PostAsync(new Uri(_gitHub.ApiUrl, $"repos/acme/infra/{path}"), content);
    }

    private static GitHubDescription Description()
    {
        Skip.If(GitHubDescription.Instance is null, $"{GitHubDescription.Variable} does not name GitHub's OpenAPI description (api.github.com.json of the npm package @octokit/openapi).");
        return GitHubDescription.Instance!;
    }

    private static string Jwt(RSA key, int lifetime)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var signed = $"{Encode("""{"alg":"RS256"}"""u8)}.{Encode(Encoding.UTF8.GetBytes($$"""{"iat":{{now - 60}},"exp":{{now + lifetime}},"iss":"app"}"""))}";
        return $"{signed}.{Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
