using Waybill.Domain.PulumiCloud;

namespace Waybill.Domain.Tests.PulumiCloud;

public sealed class RunPermalinkTests
{
    private const string Host = "app.pulumi.com";

    [Theory]
    [InlineData("https://app.pulumi.com/acme/shop/dev/updates/42", "update 42")]
    [InlineData("https://APP.pulumi.com/acme/shop/dev/updates/42/", "update 42")]
    [InlineData("https://app.pulumi.com/acme/shop/dev/previews/0b1c-9f", "preview 0b1c-9f")]
    public void A_run_s_page_names_its_record(string text, string subject)
    {
        Assert.True(RunPermalink.TryParse(text, Host, out var permalink));

        Assert.Equal((subject, "acme/shop/dev"), (permalink.Subject, permalink.Stack.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("app.pulumi.com/acme/shop/dev/updates/42")]
    [InlineData("http://app.pulumi.com/acme/shop/dev/updates/42")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://pulumi.acme.example/acme/shop/dev/updates/42")]
    [InlineData("https://app.pulumi.com/acme/shop/dev")]
    [InlineData("https://app.pulumi.com/acme/shop/dev/updates/latest")]
    [InlineData("https://app.pulumi.com/acme/shop/dev/updates/-1")]
    [InlineData("https://app.pulumi.com/acme/shop/dev/updates/99999999999")]
    [InlineData("https://app.pulumi.com/acme/shop/dev/previews/a%2Fb")]
    [InlineData("https://app.pulumi.com/ac%2e/shop/dev/updates/1/2")]
    [InlineData("https://app.pulumi.com/acme/shop/d%3Fv/updates/1")]
    public void Anything_else_is_no_run_s_page(string? text) => Assert.False(RunPermalink.TryParse(text, Host, out _));

    [Theory]
    [InlineData("https://app.pulumi.com/acme/shop/dev/updates/42")]
    [InlineData("https://app.pulumi.com/acme/shop/dev/previews/0b1c-9f")]
    public void Its_address_can_be_made_anew(string text)
    {
        RunPermalink.TryParse(text, Host, out var permalink);

        Assert.Equal(text, permalink.On(Host));
    }
}
