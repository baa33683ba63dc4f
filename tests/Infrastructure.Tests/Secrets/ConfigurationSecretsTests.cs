using Microsoft.Extensions.Configuration;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.Secrets;

namespace Waybill.Infrastructure.Tests.Secrets;

public sealed class ConfigurationSecretsTests
{
    [Theory]
    [InlineData("Secrets:shop:slack:token", "shop", "slack", "token")]
    [InlineData("Secrets:my-shop:slack.io:api-token", "my-shop", "slack.io", "api-token")]
    [InlineData("Secrets:my_shop:slack_io:api_token", "my-shop", "slack.io", "api-token")]
    [InlineData("SECRETS:MY_SHOP:SLACK_IO:tls_crt", "my-shop", "slack-io", "tls.crt")]
    public async Task A_setting_is_found_by_its_name_or_by_what_environment_variables_can_say(string setting, string project, string name, string key)
    {
        var secrets = new ConfigurationSecrets(Settings((setting, "s3cr3t")));

        var found = await secrets.GetSecretAsync(project, name, default);

        Assert.Equal("s3cr3t", found![key]);
        Assert.Null(await secrets.GetSecretAsync("other", name, default));
        Assert.Null(await secrets.GetSecretAsync(project, "other", default));
        Assert.False(found.ContainsKey("other"));
    }

    [Fact]
    public async Task A_real_environment_variable_is_a_secret()
    {
        Environment.SetEnvironmentVariable("WAYBILLTEST_Secrets__shop__slack__apiToken", "s3cr3t");
        try
        {
            var secrets = new ConfigurationSecrets(new ConfigurationBuilder().AddEnvironmentVariables("WAYBILLTEST_").Build());

            Assert.Equal("s3cr3t", (await secrets.GetSecretAsync("shop", "slack", default))!["apiToken"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("WAYBILLTEST_Secrets__shop__slack__apiToken", null);
        }
    }

    [Fact]
    public async Task A_name_spelled_in_full_counts_before_one_with_underscores()
    {
        var secrets = new ConfigurationSecrets(Settings(("Secrets:shop:a_b:k", "plain"), ("Secrets:shop:a-b:k", "full"), ("Secrets:shop:a_b:m", "more")));

        var found = await secrets.GetSecretAsync("shop", "a-b", default);

        Assert.Equal(("full", "more"), (found!["k"], found["m"]));
    }

    [Fact]
    public async Task A_reference_that_Azure_could_not_resolve_is_not_taken_for_the_value()
    {
        var secrets = new ConfigurationSecrets(Settings(("Secrets:shop:slack:token", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/slack)")));

        var error = await Assert.ThrowsAsync<SecretUnavailableException>(() => secrets.GetSecretAsync("shop", "slack", default));

        Assert.Contains("Secrets__shop__slack__token is a Key Vault reference that Azure could not resolve", error.Message);
        Assert.DoesNotContain("v.vault.azure.net", error.Message);
    }

    [Fact]
    public async Task A_config_map_is_what_the_manifests_say_unless_a_setting_says_otherwise()
    {
        var maps = new ConfigMaps(
            new OnePipeline(new Dictionary<string, string> { ["repo.url"] = "https://github.com/acme/app", ["branch"] = "main" }),
            Settings(("ConfigMaps:shop:names:repo_url", "https://github.com/acme/fork"), ("ConfigMaps:shop:names:more", "m"), ("ConfigMaps:shop:set:x", "y")));

        var names = await maps.GetConfigMapAsync("shop", "names", default);
        var set = await maps.GetConfigMapAsync("shop", "set", default);

        Assert.Equal(("https://github.com/acme/fork", "main", "m"), (names!["repo.url"], names["branch"], names["more"]));
        Assert.Equal("y", set!["x"]);
        Assert.Null(await maps.GetConfigMapAsync("shop", "none", default));
        Assert.Null(await maps.GetConfigMapAsync("other", "names", default));
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build();

    private sealed class OnePipeline(Dictionary<string, string> names) : IPipelineSource
    {
        public IReadOnlyDictionary<string, Pipeline> Pipelines { get; } = new Dictionary<string, Pipeline>
        {
            ["shop"] = new() { Project = "shop", ConfigMaps = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["names"] = names } },
        };

        public IReadOnlyList<string> Problems => [];
    }
}
