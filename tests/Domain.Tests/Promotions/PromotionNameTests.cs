using Waybill.Domain.Promotions;

namespace Waybill.Domain.Tests.Promotions;

public sealed class PromotionNameTests
{
    private const string Ulid = "01K0ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void A_name_is_stage_ulid_and_the_first_of_the_freight_in_lower_case() =>
        Assert.Equal("prod.01k0abcdefghjkmnpqrstvwxyz.0123456", PromotionName.Of("prod", Ulid, "0123456789"));

    [Theory]
    [InlineData("prod")]
    [InlineData("eu.west.prod")]
    [InlineData("dev-2")]
    public void A_name_can_be_taken_apart_again(string stage)
    {
        var isName = PromotionName.TryParse(PromotionName.Of(stage, Ulid, "f"), out var parsed, out var ulid);

        Assert.True(isName);
        Assert.Equal((stage, Ulid.ToLowerInvariant()), (parsed, ulid));
    }

    [Theory]
    [InlineData("")]
    [InlineData("prod")]
    [InlineData("prod.01k0.f")]
    [InlineData("01k0abcdefghjkmnpqrstvwxyz.f")]
    [InlineData(".01k0abcdefghjkmnpqrstvwxyz.f")]
    [InlineData("prod.01k0abcdefghjkmnpqrstvwxyz.")]
    [InlineData("prod.01k0abcdefghjkmnpqrstvwxyz")]
    public void What_is_no_name_is_refused(string name) => Assert.False(PromotionName.TryParse(name, out _, out _));
}
