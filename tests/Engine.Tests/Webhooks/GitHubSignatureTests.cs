using System.Text;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Tests.Webhooks;

public sealed class GitHubSignatureTests
{
    // From GitHub's documentation.
    private const string Secret = "It's a Secret to Everybody";
    private const string Header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("Hello, World!");

    [Fact]
    public void GitHubs_own_example_is_valid()
    {
        Assert.True(GitHubSignature.IsValid(Secret, Body, Header));
        Assert.Equal(Header, GitHubSignature.Sign(Secret, Body));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1700")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18")]
    [InlineData("sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=éé7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    public void Anything_but_the_whole_signature_is_refused(string? header) =>
        Assert.False(GitHubSignature.IsValid(Secret, Body, header));

    [Fact]
    public void A_changed_body_or_another_secret_is_refused()
    {
        Assert.False(GitHubSignature.IsValid(Secret, "Hello, World?"u8, Header));
        Assert.False(GitHubSignature.IsValid("another secret", Body, Header));
    }

    [Fact]
    public void During_a_rotation_both_secrets_count()
    {
        var oldHeader = GitHubSignature.Sign("the old secret 123", Body);

        Assert.True(GitHubSignature.IsValid([Secret, "the old secret 123"], Body, oldHeader));
        Assert.True(GitHubSignature.IsValid([Secret, "the old secret 123"], Body, Header));
        Assert.False(GitHubSignature.IsValid([Secret], Body, oldHeader));
    }

    [Fact]
    public void No_secret_or_an_empty_one_validates_nothing()
    {
        Assert.False(GitHubSignature.IsValid([], Body, Header));
        Assert.False(GitHubSignature.IsValid("", Body, GitHubSignature.Sign("", Body)));
    }
}
