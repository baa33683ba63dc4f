using Waybill.Domain.Freights;

namespace Waybill.Domain.Tests.Freights;

public sealed class GitUrlTests
{
    [Theory]
    [InlineData("https://not a url")]
    [InlineData("http://github.com/example/repo?foo=bar")]
    [InlineData("ssh://not a url")]
    [InlineData("ssh://github.com/example/repo?foo=bar")]
    [InlineData("not even remotely a url")]
    [InlineData("")]
    public void What_is_no_repository_comes_back_as_it_is(string url) => Assert.Equal(url, GitUrl.Normalize(url));

    /// <summary>Kargo's own table: suffix, slash, port and user in every combination.</summary>
    [Theory]
    [InlineData("https://{0}", "https://{0}")]
    [InlineData("https://foo:bar@{0}", "https://{0}")]
    [InlineData("http://{0}", "http://{0}")]
    [InlineData("ssh://{0}", "ssh://{0}")]
    [InlineData("ssh://git@{0}", "ssh://git@{0}")]
    public void Urls_lose_user_suffix_and_slash(string given, string expected)
    {
        string[] hosts = ["github.com", "localhost:8443"];
        string[] ends = ["", "/", ".git", ".git/"];
        foreach (var host in hosts)
        {
            Assert.Equal(string.Format(expected, host), GitUrl.Normalize(string.Format(given, host)));
            Assert.Equal(string.Format(expected, host), GitUrl.Normalize(string.Format(given, host) + "/"));
            Assert.All(ends, end => Assert.Equal(
                string.Format(expected, host) + "/example/repo", GitUrl.Normalize(string.Format(given, host) + "/example/repo" + end)));
        }
    }

    [Theory]
    [InlineData("git.example.com", "ssh://git.example.com")]
    [InlineData("git@git.example.com", "ssh://git@git.example.com")]
    [InlineData("github.com:example/repo", "ssh://github.com/example/repo")]
    [InlineData("github.com:example/repo/", "ssh://github.com/example/repo")]
    [InlineData("git@github.com:example/repo.git", "ssh://git@github.com/example/repo")]
    [InlineData("git@github.com:example/repo.git/", "ssh://git@github.com/example/repo")]
    [InlineData("  HTTPS://GitHub.com/Example/Repo \n", "https://github.com/example/repo")]
    [InlineData("\uFEFFhttps://github.com/example/repo", "https://github.com/example/repo")]
    public void Scp_forms_case_and_pasted_noise_are_normalised(string given, string expected) =>
        Assert.Equal(expected, GitUrl.Normalize(given));

    [Theory]
    [InlineData("https://github.com/acme/app", "git@github.com:acme/app.git", true)]
    [InlineData("https://github.com/acme/app", "ssh://git@github.com/ACME/app/", true)]
    [InlineData("https://token@github.com/acme/app", "http://github.com/acme/app", true)]
    [InlineData("https://github.com/acme/app", "https://github.com/acme/app2", false)]
    [InlineData("https://github.com/acme/app", "https://gitlab.com/acme/app", false)]
    [InlineData("https://github.com/a@b/app", "https://gitlab.com/c@b/app", false)]
    public void One_repository_is_known_whatever_the_protocol(string left, string right, bool isSame) =>
        Assert.Equal(isSame, GitUrl.SameRepository(left, right));
}
