using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;
using Waybill.Engine.Reporting;
using Waybill.Infrastructure.GitHub;

namespace Waybill.Infrastructure.Tests.GitHub;

public sealed class GitHubOptionsTests
{
    [Fact]
    public void Nothing_need_be_set()
    {
        using var provider = Provider([]);

        Assert.IsType<OctokitGitHubClient>(provider.GetRequiredService<IGitHubClient>());
        Assert.Empty(provider.GetRequiredService<IOptions<GitHubOptions>>().Value.WebhookSecrets);
    }

    [Fact]
    public void Every_setting_binds()
    {
        using var rsa = RSA.Create(2048);
        using var provider = Provider(new()
        {
            ["GitHub:BaseUrl"] = "https://ghe.example.com/api/v3",
            ["GitHub:App:Id"] = "123",
            ["GitHub:App:InstallationId"] = "456",
            ["GitHub:App:PrivateKey"] = rsa.ExportRSAPrivateKeyPem(),
            ["GitHub:WebhookSecret"] = "0123456789abcdef",
            ["GitHub:PreviousWebhookSecret"] = "fedcba9876543210",
            ["GitHub:Timeout"] = "00:00:20",
            ["GitHub:ReportStatuses"] = "true",
            ["GitHub:ReportDeployments"] = "true",
        });

        var options = provider.GetRequiredService<IOptions<GitHubOptions>>().Value;

        Assert.Equal(("123", 456L, TimeSpan.FromSeconds(20)), (options.App.Id, options.App.InstallationId, options.Timeout));
        Assert.Equal(["0123456789abcdef", "fedcba9876543210"], options.WebhookSecrets);
        Assert.Equal(new ReportingOptions(Statuses: true, Deployments: true), provider.GetRequiredService<ReportingOptions>());
    }

    [Theory]
    [InlineData("GitHub:BaseUrl", "github", "https://api.github.com/")]
    [InlineData("GitHub:BaseUrl", "http://ghe.example.com/api/v3", "https")]
    [InlineData("GitHub:BaseUrl", "https://github.com/", "https://api.github.com/")]
    [InlineData("GitHub:Timeout", "00:00:00", "00:00:01")]
    [InlineData("GitHub:Timeout", "01:00:00", "00:02:00")]
    [InlineData("GitHub:WebhookSecret", "short", "openssl rand -hex 32")]
    [InlineData("GitHub:PreviousWebhookSecret", "short", "openssl rand -hex 32")]
    [InlineData("GitHub:ReportStatuses", "true", "set GitHub:App or GitHub:Token")]
    [InlineData("GitHub:ReportDeployments", "true", "set GitHub:App or GitHub:Token")]
    [InlineData("GitHub:Token", "ghp_x\n", "without line breaks")]
    [InlineData("GitHub:CommitAuthor:Name", "Bot", "both Name and Email")]
    [InlineData("GitHub:CommitAuthor:Email", "bot@example.com", "both Name and Email")]
    [InlineData("GitHub:App:Id", "1", "GitHub:App:InstallationId is missing")]
    [InlineData("GitHub:App:InstallationId", "-1", "GitHub:App:Id is missing")]
    [InlineData("GitHub:App:PrivateKey", "not a key", "unencrypted RSA private key")]
    [InlineData("GitHub:App:PrivateKeyPath", "/nowhere/key.pem", "can't be read")]
    public void A_wrong_setting_is_named_with_its_remedy(string key, string value, string remedy)
    {
        var problems = Problems(new() { [key] = value });

        Assert.Contains(problems, p => p.Contains(remedy, StringComparison.Ordinal));
        Assert.All(problems, p => Assert.StartsWith("GitHub:", p, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_are_told_at_once_without_the_secrets()
    {
        var problems = Problems(new()
        {
            ["GitHub:BaseUrl"] = "nonsense",
            ["GitHub:Token"] = "ghp_secret",
            ["GitHub:WebhookSecret"] = "s3cr3t",
            ["GitHub:App:PrivateKey"] = "k3y",
            ["GitHub:App:PrivateKeyPath"] = "/nowhere",
        });

        Assert.Equal(6, problems.Count);
        Assert.All(problems, p => Assert.DoesNotMatch("ghp_secret|s3cr3t|k3y", p));
    }

    private static IReadOnlyList<string> Problems(Dictionary<string, string?> settings)
    {
        using var provider = Provider(settings);
        return [.. Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<GitHubOptions>>().Value).Failures];
    }

    private static ServiceProvider Provider(Dictionary<string, string?> settings) =>
        new ServiceCollection()
            .AddWaybillGitHub(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
