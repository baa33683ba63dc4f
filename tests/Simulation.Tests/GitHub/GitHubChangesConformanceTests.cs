using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Waybill.Simulation.GitHub;

namespace Waybill.Simulation.Tests.GitHub;

/// <summary>What the simulated GitHub answers to changes, and what it tells of files and pull requests, against GitHub's own description.</summary>
public sealed class GitHubChangesConformanceTests : IAsyncLifetime, IDisposable
{
    private static readonly string NoSuchSha = new('1', 40);

    private readonly HttpClient _http = new();
    private SimulatedGitHub _gitHub = null!;
    private SimulatedRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _gitHub = await SimulatedGitHub.StartAsync();
        _repository = _gitHub.CreateRepository("acme", "infra");
        _repository.Commit("main", new CommitContent("One", "b") { Texts = new Dictionary<string, string> { ["a"] = "1\n", ["dir/c"] = "2\n", ["large"] = new('x', 1024 * 1024 + 1) } });
        _repository.Commit("topic", new CommitContent("Unrelated", "x"));
        await _repository.CreateBranchAsync("dev", "main");
        _repository.Commit("dev", new CommitContent("Two", "d"));
        await _repository.CreateBranchAsync("same", "main");
        _repository.Protect("protected");
        await _repository.CreateBranchAsync("protected", "main");
        _repository.Tag("v1");
    }

    public void Dispose() => _http.Dispose();

    public async Task DisposeAsync() => await _gitHub.DisposeAsync();

    [SkippableTheory]
    [InlineData("/repos/{owner}/{repo}/contents/{path}", 200, "contents/a?ref=main")]
    [InlineData("/repos/{owner}/{repo}/contents/{path}", 200, "contents/large")]
    [InlineData("/repos/{owner}/{repo}/contents/{path}", 200, "contents/dir?ref=main")]
    [InlineData("/repos/{owner}/{repo}/contents/{path}", 200, "contents/?ref=main")]
    [InlineData("/repos/{owner}/{repo}/contents/{path}", 404, "contents/nope?ref=main")]
    [InlineData("/repos/{owner}/{repo}/contents/{path}", 404, "contents/a?ref=nope")]
    [InlineData("/repos/{owner}/{repo}/git/trees/{tree_sha}", 200, "git/trees/TREE")]
    [InlineData("/repos/{owner}/{repo}/git/trees/{tree_sha}", 200, "git/trees/TREE?recursive=1")]
    [InlineData("/repos/{owner}/{repo}/git/trees/{tree_sha}", 404, "git/trees/NOSUCHSHA")]
    [InlineData("/repos/{owner}/{repo}/git/blobs/{file_sha}", 200, "git/blobs/BLOB")]
    [InlineData("/repos/{owner}/{repo}/git/blobs/{file_sha}", 404, "git/blobs/NOSUCHSHA")]
    [InlineData("/repos/{owner}/{repo}/git/commits/{commit_sha}", 200, "git/commits/MAIN")]
    [InlineData("/repos/{owner}/{repo}/git/commits/{commit_sha}", 404, "git/commits/NOSUCHSHA")]
    [InlineData("/repos/{owner}/{repo}/commits/{ref}", 200, "commits/heads/main")]
    [InlineData("/repos/{owner}/{repo}/commits/{ref}", 200, "commits/tags/v1")]
    [InlineData("/repos/{owner}/{repo}/branches/{branch}", 200, "branches/protected")]
    public async Task What_is_read_is_as_GitHub_describes_it(string template, int status, string address)
    {
        using var response = await _http.GetAsync(AddressOf(address));

        await CheckAsync("get", template, status, response);
    }

    [SkippableTheory]
    [InlineData("POST", "/repos/{owner}/{repo}/git/blobs", 201, "git/blobs", """{"content":"AA==","encoding":"base64"}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/trees", 201, "git/trees", """{"base_tree":"TREE","tree":[{"path":"a","mode":"100644","type":"blob","content":"2"},{"path":"b","mode":"100644","type":"blob","sha":null},{"path":"new/c","mode":"100644","type":"blob","sha":"BLOB"}]}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/trees", 422, "git/trees", """{"base_tree":"TREE","tree":[]}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/trees", 422, "git/trees", """{"base_tree":"TREE","tree":[{"path":"nope","mode":"100644","type":"blob","sha":null}]}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/trees", 422, "git/trees", """{"base_tree":"NOSUCHSHA","tree":[{"path":"a","mode":"100644","type":"blob","content":"2"}]}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/trees", 422, "git/trees", """{"tree":[{"path":"../a","mode":"100644","type":"blob","content":"2"}]}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/commits", 201, "git/commits", """{"message":"m","tree":"TREE","parents":["MAIN"],"author":{"name":"n","email":"n@example.com"}}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/commits", 201, "git/commits", """{"message":"m","tree":"4b825dc642cb6eb9a060e54bf8d69288fbee4904","parents":[]}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/commits", 422, "git/commits", """{"message":"m","tree":"NOSUCHSHA","parents":["MAIN"]}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/commits", 422, "git/commits", """{"message":"m","tree":"TREE","parents":["NOSUCHSHA"]}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/tags", 201, "git/tags", """{"tag":"v2","message":"m","object":"MAIN","type":"commit"}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/refs", 201, "git/refs", """{"ref":"refs/heads/new/branch","sha":"MAIN"}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/refs", 201, "git/refs", """{"ref":"refs/tags/v3","sha":"MAIN"}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/refs", 422, "git/refs", """{"ref":"refs/heads/main","sha":"MAIN"}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/git/refs", 422, "git/refs", """{"ref":"refs/tags/v1","sha":"MAIN"}""")]
    [InlineData("PATCH", "/repos/{owner}/{repo}/git/refs/{ref}", 200, "git/refs/heads/same", """{"sha":"DEV","force":false}""")]
    [InlineData("PATCH", "/repos/{owner}/{repo}/git/refs/{ref}", 200, "git/refs/heads/dev", """{"sha":"MAIN","force":true}""")]
    [InlineData("PATCH", "/repos/{owner}/{repo}/git/refs/{ref}", 422, "git/refs/heads/dev", """{"sha":"MAIN","force":false}""")]
    [InlineData("PATCH", "/repos/{owner}/{repo}/git/refs/{ref}", 422, "git/refs/heads/nope", """{"sha":"MAIN"}""")]
    [InlineData("PATCH", "/repos/{owner}/{repo}/git/refs/{ref}", 422, "git/refs/heads/protected", """{"sha":"DEV"}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/pulls", 201, "pulls", """{"head":"dev","base":"main","title":"t","body":"b"}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/pulls", 422, "pulls", """{"head":"same","base":"main","title":"t"}""")]
    [InlineData("POST", "/repos/{owner}/{repo}/pulls", 422, "pulls", """{"head":"nope","base":"main","title":"t"}""")]
    public async Task What_is_changed_is_answered_as_GitHub_describes_it(string method, string template, int status, string address, string body)
    {
        using var response = await SendAsync(method, address, body);

        await CheckAsync(method, template, status, response);
    }

    [SkippableFact]
    public async Task A_pull_requests_life_is_as_GitHub_describes_it()
    {
        _gitHub.RegisterHook(new Uri("http://127.0.0.1:1/"), "0123456789abcdef");
        using var opened = await SendAsync("POST", "pulls", """{"head":"dev","base":"main","title":"t"}""");
        using var twice = await SendAsync("POST", "pulls", """{"head":"dev","base":"main","title":"t"}""");
        using var labelled = await SendAsync("POST", "issues/1/labels", """{"labels":["one"]}""");
        using var listed = await _http.GetAsync(AddressOf("pulls?state=all&head=acme:dev&base=main"));
        using var read = await _http.GetAsync(AddressOf("pulls/1"));
        _repository.SetMergeableState(1, "blocked");
        using var refused = await SendAsync("PUT", "pulls/1/merge", "{}");
        _repository.SetMergeableState(1, null);
        using var merged = await SendAsync("PUT", "pulls/1/merge", """{"merge_method":"merge"}""");
        using var closed = await _http.GetAsync(AddressOf("pulls/1"));
        using var missing = await _http.GetAsync(AddressOf("pulls/7"));
        await _repository.SettleAsync();

        await CheckAsync("post", "/repos/{owner}/{repo}/pulls", 201, opened);
        await CheckAsync("post", "/repos/{owner}/{repo}/pulls", 422, twice);
        await CheckAsync("post", "/repos/{owner}/{repo}/issues/{issue_number}/labels", 200, labelled);
        await CheckAsync("get", "/repos/{owner}/{repo}/pulls", 200, listed);
        await CheckAsync("get", "/repos/{owner}/{repo}/pulls/{pull_number}", 200, read);
        await CheckAsync("put", "/repos/{owner}/{repo}/pulls/{pull_number}/merge", 405, refused);
        await CheckAsync("put", "/repos/{owner}/{repo}/pulls/{pull_number}/merge", 200, merged);
        await CheckAsync("get", "/repos/{owner}/{repo}/pulls/{pull_number}", 200, closed);
        await CheckAsync("get", "/repos/{owner}/{repo}/pulls/{pull_number}", 404, missing);
        Assert.Equal(["pull_request", "push"], _gitHub.Deliveries.Select(d => d.Event).Order());
    }

    [Fact]
    public async Task Trees_commits_and_refs_fit_together()
    {
        using var tree = await SendAsync("POST", "git/trees", """{"base_tree":"TREE","tree":[{"path":"dir/c","mode":"100644","type":"blob","content":"3\n"},{"path":"a","mode":"100644","type":"blob","sha":null}]}""");
        var treeSha = (string)(await tree.Content.ReadFromJsonAsync<JsonObject>())!["sha"]!;
        using var commit = await SendAsync("POST", "git/commits", $$"""{"message":"m","tree":"{{treeSha}}","parents":["MAIN"]}""");
        var commitSha = (string)(await commit.Content.ReadFromJsonAsync<JsonObject>())!["sha"]!;
        Assert.NotEqual(commitSha, _repository.HeadOf("main"));

        using var moved = await SendAsync("PATCH", "git/refs/heads/main", $$"""{"sha":"{{commitSha}}"}""");

        Assert.Equal((commitSha, treeSha), (_repository.HeadOf("main"), _repository.Resolve("main")!.TreeSha));
        Assert.Equal(("3\n", null), (_repository.ReadText("main", "dir/c"), _repository.ReadText("main", "a")));
    }

    [Fact]
    public async Task A_deleted_branch_is_gone()
    {
        using var response = await SendAsync("DELETE", "git/refs/heads/dev", "{}");

        Assert.Equal((204, null), ((int)response.StatusCode, _repository.HeadOf("dev")));
    }

    private static async Task CheckAsync(string method, string template, int status, HttpResponseMessage response)
    {
        Skip.If(GitHubDescription.Instance is null, $"{GitHubDescription.Variable} does not name GitHub's OpenAPI description (api.github.com.json of the npm package @octokit/openapi).");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await GitHubDescription.Instance.FindViolationsAsync(method.ToLowerInvariant(), template, status, await response.Content.ReadAsStringAsync()));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string address, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), AddressOf(address)) { Content = new StringContent(Fill(body), Encoding.UTF8, "application/json") };
        return await _http.SendAsync(request);
    }

    private Uri AddressOf(string path) => new(_gitHub.ApiUrl, $"repos/acme/infra/{Fill(path)}");

    private string Fill(string text) => text
        .Replace("NOSUCHSHA", NoSuchSha, StringComparison.Ordinal)
        .Replace("TREE", _repository.Resolve("main")!.TreeSha, StringComparison.Ordinal)
        .Replace("BLOB", _repository.Resolve("main")!.Tree["a"], StringComparison.Ordinal)
        .Replace("MAIN", _repository.HeadOf("main"), StringComparison.Ordinal)
        .Replace("DEV", _repository.HeadOf("dev"), StringComparison.Ordinal);
}
