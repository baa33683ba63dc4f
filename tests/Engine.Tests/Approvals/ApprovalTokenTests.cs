using Waybill.Engine.Approvals;
using Waybill.Engine.Tests.Builders;

namespace Waybill.Engine.Tests.Approvals;

public sealed class ApprovalTokenTests
{
    private static readonly ApprovalToken Token = new("shop", "prod.01k0abcdefghjkmnpqrstvwxyz.f", 1, "ada@example.com", ["groups=ops"], A.Noon);
    private static readonly ApprovalTokenSigner Signer = new([A.Key(1)]);

    [Fact]
    public void What_was_signed_is_read_again()
    {
        var read = Signer.Read(Signer.Sign(Token));

        Assert.Equal(Token with { Satisfies = [] }, read! with { Satisfies = Token.Satisfies is [] ? [] : [] });
        Assert.Equal(Token.Satisfies, read.Satisfies);
    }

    [Fact]
    public void Every_cut_is_noticed()
    {
        var text = Signer.Sign(Token);

        Assert.All(Enumerable.Range(0, text.Length), length => Assert.Null(Signer.Read(text[..length])));
        Assert.All(Enumerable.Range(1, text.Length - 1), start => Assert.Null(Signer.Read(text[start..])));
    }

    /// <summary>The signature's last character has two bits to spare; they change nothing that is signed.</summary>
    [Fact]
    public void Every_changed_character_is_noticed()
    {
        var text = Signer.Sign(Token);

        Assert.All(Enumerable.Range(0, text.Length - 1), i => Assert.Null(Signer.Read($"{text[..i]}{(text[i] == 'A' ? 'B' : 'A')}{text[(i + 1)..]}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("{}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("bnVsbA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_was_never_signed_is_no_token(string text)
    {
        Assert.Null(Signer.Read(text));
        Assert.Null(Signer.Read(text + new string('x', 1_000_000)));
    }

    [Fact]
    public void A_signature_is_good_for_its_own_content_only()
    {
        var (mine, other) = (Signer.Sign(Token).Split('.'), Signer.Sign(Token with { Approver = "eve@example.com" }).Split('.'));

        Assert.Null(Signer.Read($"{other[0]}.{mine[1]}"));
    }

    [Fact]
    public void Keys_can_change_without_breaking_links_that_are_out()
    {
        var rotated = new ApprovalTokenSigner([A.Key(2), A.Key(1)]);

        Assert.NotNull(rotated.Read(Signer.Sign(Token)));
        Assert.Null(Signer.Read(rotated.Sign(Token)));
        Assert.Null(new ApprovalTokenSigner([A.Key(2)]).Read(Signer.Sign(Token)));
    }
}
