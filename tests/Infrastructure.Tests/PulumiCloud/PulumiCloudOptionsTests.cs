using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;
using Waybill.Engine.PulumiCloud;
using Waybill.Infrastructure.PulumiCloud;

namespace Waybill.Infrastructure.Tests.PulumiCloud;

public sealed class PulumiCloudOptionsTests
{
    [Fact]
    public void Nothing_need_be_set()
    {
        using var provider = Provider([]);
        var client = provider.GetRequiredService<IPulumiCloudClient>();

        Assert.Equal((false, "app.pulumi.com"), (client.IsConfigured, client.ConsoleHost));
        Assert.Equal(TimeSpan.FromMinutes(2), provider.GetRequiredService<WitnessOptions>().Patience);
        Assert.Empty(provider.GetRequiredService<PulumiWebhookSecrets>().Secrets);
    }

    [Fact]
    public void Every_setting_binds()
    {
        using var provider = Provider(new()
        {
            ["PulumiCloud:BaseUrl"] = "https://api.pulumi.acme.example",
            ["PulumiCloud:Token"] = "pul-1",
            ["PulumiCloud:Tokens:acme"] = "pul-2",
            ["PulumiCloud:WebhookSecret"] = "0123456789abcdef",
            ["PulumiCloud:PreviousWebhookSecret"] = "fedcba9876543210",
            ["PulumiCloud:Timeout"] = "00:00:20",
            ["PulumiCloud:WitnessTimeout"] = "00:05:00",
        });
        var options = provider.GetRequiredService<IOptions<PulumiCloudOptions>>().Value;

        Assert.Equal(("pul-2", "pul-1", TimeSpan.FromSeconds(20)), (options.TokenFor("Acme"), options.TokenFor("other"), options.Timeout));
        Assert.Equal("app.pulumi.acme.example", provider.GetRequiredService<IPulumiCloudClient>().ConsoleHost);
        Assert.Equal(TimeSpan.FromMinutes(5), provider.GetRequiredService<WitnessOptions>().Patience);
        Assert.Equal(["0123456789abcdef", "fedcba9876543210"], provider.GetRequiredService<PulumiWebhookSecrets>().Secrets);
    }

    [Theory]
    [InlineData("https://pulumi.acme.example/", null, "app.pulumi.com")]
    [InlineData("https://pulumi.acme.example/", "https://console.acme.example/", "console.acme.example")]
    public void The_pages_host_can_be_said(string api, string? console, string host) =>
        Assert.Equal(host, new PulumiCloudOptions { BaseUrl = api, ConsoleUrl = console }.ConsoleHost);

    [Theory]
    [InlineData("PulumiCloud:BaseUrl", "pulumi", "https://api.pulumi.com/")]
    [InlineData("PulumiCloud:BaseUrl", "http://pulumi.acme.example", "use https")]
    [InlineData("PulumiCloud:BaseUrl", "https://me:secret@pulumi.acme.example", "https://api.pulumi.com/")]
    [InlineData("PulumiCloud:ConsoleUrl", "console", "https://app.pulumi.com/")]
    [InlineData("PulumiCloud:Token", "pul-x\n", "without line breaks")]
    [InlineData("PulumiCloud:Tokens:acme", "pul x", "without line breaks")]
    [InlineData("PulumiCloud:WebhookSecret", "short", "openssl rand -hex 32")]
    [InlineData("PulumiCloud:PreviousWebhookSecret", "short", "openssl rand -hex 32")]
    [InlineData("PulumiCloud:Timeout", "00:00:00", "00:00:01")]
    [InlineData("PulumiCloud:WitnessTimeout", "-00:00:01", "00:00:00")]
    [InlineData("PulumiCloud:WitnessTimeout", "02:00:00", "01:00:00")]
    public void A_wrong_setting_is_named_with_its_remedy(string key, string value, string remedy)
    {
        using var provider = Provider(new() { [key] = value });

        var problem = Assert.Single(Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<PulumiCloudOptions>>().Value).Failures);

        Assert.StartsWith(key, problem, StringComparison.Ordinal);
        Assert.Contains(remedy, problem, StringComparison.Ordinal);
    }

    private static ServiceProvider Provider(Dictionary<string, string?> settings) =>
        new ServiceCollection()
            .AddWaybillPulumiCloud(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
