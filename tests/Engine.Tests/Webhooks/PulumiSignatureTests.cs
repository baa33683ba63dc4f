using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Tests.Webhooks;

public sealed class PulumiSignatureTests
{
    // The same bytes and secret as GitHub's own example, whose HMAC is published; Pulumi Cloud puts no prefix before it.
    private const string Secret = "It's a Secret to Everybody";
    private const string Header = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    [Fact]
    public void A_known_signature_is_valid()
    {
        Assert.True(PulumiSignature.IsValid(["another one", Secret], "Hello, World!"u8, Header));
        Assert.Equal(Header, PulumiSignature.Sign(Secret, "Hello, World!"u8));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18")]
    [InlineData("zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    public void Anything_but_the_whole_signature_is_refused(string? header) =>
        Assert.False(PulumiSignature.IsValid([Secret], "Hello, World!"u8, header));

    [Fact]
    public void No_secret_or_an_empty_one_validates_nothing()
    {
        Assert.False(PulumiSignature.IsValid([], "Hello, World!"u8, Header));
        Assert.False(PulumiSignature.IsValid([""], "Hello, World!"u8, PulumiSignature.Sign("", "Hello, World!"u8)));
    }
}
