using Microsoft.Extensions.Time.Testing;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.GitHub;
using Waybill.Simulation.GitHub;

namespace Waybill.Infrastructure.Tests.GitHub;

public sealed class GitHubBadDaysTests : GitHubFixture
{
    [Theory]
    [InlineData(500, GitHubErrorKind.Unavailable, "githubstatus.com")]
    [InlineData(502, GitHubErrorKind.Unavailable, "githubstatus.com")]
    [InlineData(503, GitHubErrorKind.Unavailable, "githubstatus.com")]
    [InlineData(401, GitHubErrorKind.Unauthorized, "GitHub:Token")]
    [InlineData(403, GitHubErrorKind.Unauthorized, "read access")]
    [InlineData(404, GitHubErrorKind.NotFound, "Check the spelling")]
    [InlineData(409, GitHubErrorKind.NotFound, "no commits")]
    [InlineData(422, GitHubErrorKind.NotFound, "no such commit")]
    [InlineData(451, GitHubErrorKind.NotFound, "legal")]
    [InlineData(400, GitHubErrorKind.Unavailable, "400")]
    public async Task An_error_has_its_kind_names_the_repository_and_a_remedy(int status, GitHubErrorKind kind, string remedy)
    {
        GitHub.Faults.Enqueue(GitHubFault.Status(status, "No."));

        var error = await FailAsync(Client());

        Assert.Equal(kind, error.Kind);
        Assert.StartsWith("Reading the head of main of acme/infra: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, 42, 42)]
    [InlineData(429, 42, 42)]
    [InlineData(403, null, 60)]
    [InlineData(429, null, 60)]
    public async Task A_secondary_limit_says_how_long_to_wait(int status, int? retryAfter, int expected)
    {
        GitHub.Faults.Enqueue(GitHubFault.SecondaryLimit(retryAfter is { } s ? TimeSpan.FromSeconds(s) : null, status));

        var error = await FailAsync(Client());

        Assert.Equal((GitHubErrorKind.RateLimited, TimeSpan.FromSeconds(expected)), (error.Kind, error.RetryAfter));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_used_up_hour_says_when_it_ends(int status)
    {
        GitHub.Faults.Enqueue(GitHubFault.PrimaryLimit(Time.GetUtcNow().AddMinutes(17), status));

        var error = await FailAsync(Client());

        Assert.Equal((GitHubErrorKind.RateLimited, TimeSpan.FromMinutes(17)), (error.Kind, error.RetryAfter));
    }

    [Fact]
    public async Task Silence_ends_at_the_deadline()
    {
        GitHub.Faults.Enqueue(new GitHubFault.Hang());
        var call = FailAsync(Client(o => o.Timeout = TimeSpan.FromSeconds(7)));
        await UntilAsync(() => GitHub.Requests.Count > 0);

        Time.Advance(TimeSpan.FromSeconds(7));
        var error = await call;

        Assert.Equal(GitHubErrorKind.Unavailable, error.Kind);
        Assert.Contains("no answer within 7 s (GitHub:Timeout)", error.Message);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        GitHub.Faults.Enqueue(new GitHubFault.Hang());
        using var cancelled = new CancellationTokenSource();
        var call = Client().GetBranchHeadAsync(Name, "main", null, cancelled.Token);
        await UntilAsync(() => GitHub.Requests.Count > 0);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_dropped_connection_and_no_server_at_all_are_unavailable()
    {
        GitHub.Faults.Enqueue(new GitHubFault.Drop());

        Assert.Equal(GitHubErrorKind.Unavailable, (await FailAsync(Client())).Kind);
        Assert.Equal(GitHubErrorKind.Unavailable, (await FailAsync(Client(o => o.BaseUrl = "http://127.0.0.1:1/"))).Kind);
    }

    [Fact]
    public async Task A_web_page_instead_of_the_API_is_recognised()
    {
        GitHub.Faults.Enqueue(new GitHubFault.WebPage());

        var error = await FailAsync(Client());

        Assert.Equal(GitHubErrorKind.Unavailable, error.Kind);
        Assert.Contains("GitHub:BaseUrl", error.Message);
    }

    [Fact]
    public async Task An_empty_repository_an_unknown_branch_and_an_unknown_repository_are_not_found()
    {
        var empty = await FailAsync(Client());
        Repository.Commit("other", new CommitContent("One", "a"));
        var branch = await FailAsync(Client());
        var repository = await Assert.ThrowsAsync<GitHubException>(() => Client().ListTagsAsync(Name with { Name = "nope" }, null, CancellationToken.None));

        Assert.All([empty, branch, repository], e => Assert.Equal(GitHubErrorKind.NotFound, e.Kind));
    }

    [Fact]
    public async Task A_day_later_all_is_well_again()
    {
        Repository.Commit("main", new CommitContent("One", "a"));
        GitHub.Faults.Enqueue(GitHubFault.Status(500), times: 2);
        var client = Client();

        await FailAsync(client);
        await FailAsync(client);

        Assert.NotNull((await client.GetBranchHeadAsync(Name, "main", null, CancellationToken.None)).Commit);
    }

    [Theory]
    [InlineData("https://api.github.com/", "gitlab.com", "github.com")]
    [InlineData("https://ghe.example.com/api/v3", "github.com", "ghe.example.com")]
    public async Task A_repository_of_another_host_is_refused_without_asking(string api, string host, string served)
    {
        using var client = new OctokitGitHubClient(new GitHubOptions { BaseUrl = api }, new FakeTimeProvider(), () => new NoNetwork());

        var error = await Assert.ThrowsAsync<GitHubException>(() => client.ListTagsAsync(Name with { Host = host }, null, CancellationToken.None));

        Assert.Contains($"is on {host}, and GitHub:BaseUrl", error.Message);
        Assert.Contains($"serves {served}", error.Message);
    }

    private static async Task<GitHubException> FailAsync(OctokitGitHubClient client) =>
        await Assert.ThrowsAsync<GitHubException>(() => client.GetBranchHeadAsync(Name, "main", null, CancellationToken.None));

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!happened())
        {
            await Task.Delay(10, deadline.Token);
        }
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"Nobody expected a call to {request.RequestUri}.");
    }
}
