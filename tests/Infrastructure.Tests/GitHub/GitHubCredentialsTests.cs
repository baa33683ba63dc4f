using System.Security.Cryptography;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.GitHub;
using Waybill.Simulation.GitHub;

namespace Waybill.Infrastructure.Tests.GitHub;

public sealed class GitHubCredentialsTests : GitHubFixture
{
    private static readonly RSA Key = RSA.Create(2048);

    [Fact]
    public async Task A_token_opens_and_a_wrong_or_missing_one_is_refused()
    {
        Repository.Commit("main", new CommitContent("One", "a"));
        GitHub.RequireToken("ghp_right");

        await HeadAsync(Client(o => o.Token = "ghp_right"));
        var wrong = await Assert.ThrowsAsync<GitHubException>(() => HeadAsync(Client(o => o.Token = "ghp_wrong")));
        var missing = await Assert.ThrowsAsync<GitHubException>(() => HeadAsync(Client()));

        Assert.All([wrong, missing], e => Assert.Equal(GitHubErrorKind.Unauthorized, e.Kind));
        Assert.DoesNotContain("ghp_wrong", wrong.ToString());
    }

    [Fact]
    public async Task An_app_fetches_one_token_for_many_callers()
    {
        var client = App();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HeadAsync(client)));

        Assert.Equal(1, GitHub.IssuedTokens);
    }

    [Fact]
    public async Task An_apps_token_is_renewed_five_minutes_before_it_expires()
    {
        var client = App();
        await HeadAsync(client);

        Time.Advance(TimeSpan.FromMinutes(54));
        await HeadAsync(client);
        Assert.Equal(1, GitHub.IssuedTokens);

        Time.Advance(TimeSpan.FromMinutes(1));
        await HeadAsync(client);
        Assert.Equal(2, GitHub.IssuedTokens);
    }

    [Fact]
    public async Task A_token_taken_back_early_is_replaced_and_nobody_notices()
    {
        var client = App();
        await HeadAsync(client);
        GitHub.RevokeTokens();

        await HeadAsync(client);

        Assert.Equal(2, GitHub.IssuedTokens);
    }

    [Theory]
    [InlineData("another app", 7, GitHubErrorKind.Unauthorized)]
    [InlineData("app", 8, GitHubErrorKind.NotFound)]
    public async Task An_app_that_GitHub_does_not_know_is_refused(string id, long installation, GitHubErrorKind kind)
    {
        var client = App(o => (o.App.Id, o.App.InstallationId) = (id, installation));

        Assert.Equal(kind, (await Assert.ThrowsAsync<GitHubException>(() => HeadAsync(client))).Kind);
    }

    [Fact]
    public async Task Another_apps_key_is_refused()
    {
        using var other = RSA.Create(2048);

        var client = App(o => o.App.PrivateKey = other.ExportRSAPrivateKeyPem());

        Assert.Equal(GitHubErrorKind.Unauthorized, (await Assert.ThrowsAsync<GitHubException>(() => HeadAsync(client))).Kind);
    }

    [Fact]
    public async Task The_key_may_be_in_a_file_or_on_one_line()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, Key.ExportPkcs8PrivateKeyPem());

        await HeadAsync(App(o => (o.App.PrivateKey, o.App.PrivateKeyPath) = (null, path)));
        await HeadAsync(App(o => o.App.PrivateKey = Key.ExportRSAPrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal)));

        File.Delete(path);
    }

    [Fact]
    public async Task Silence_while_fetching_the_token_ends_at_the_deadline()
    {
        var client = App();
        GitHub.Faults.Enqueue(new GitHubFault.Hang());
        var call = Assert.ThrowsAsync<GitHubException>(() => HeadAsync(client));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (GitHub.Requests.Count == 0)
        {
            await Task.Delay(10, deadline.Token);
        }

        Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(GitHubErrorKind.Unavailable, (await call).Kind);
    }

    private static Task<BranchHead> HeadAsync(OctokitGitHubClient client) => client.GetBranchHeadAsync(Name, "main", null, CancellationToken.None);

    private OctokitGitHubClient App(Action<GitHubOptions>? configure = null)
    {
        Repository.Commit("main", new CommitContent("One", "a"));
        GitHub.RegisterApp("app", 7, Key.ExportSubjectPublicKeyInfoPem());
        return Client(o =>
        {
            o.App = new GitHubAppOptions { Id = "app", InstallationId = 7, PrivateKey = Key.ExportRSAPrivateKeyPem() };
            configure?.Invoke(o);
        });
    }
}
