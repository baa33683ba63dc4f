using Waybill.Domain.Promotions;
using static Waybill.Domain.Tests.Given;

namespace Waybill.Domain.Tests.Freights;

public sealed class FreightTests
{
    [Fact]
    public void Arriving_twice_keeps_the_first_arrival()
    {
        var freight = Freight().Enter("dev", Noon).Enter("dev", Noon.AddHours(1));

        Assert.Equal(Noon, freight.CurrentlyIn["dev"].Since);
    }

    [Fact]
    public void Being_verified_twice_keeps_the_first_moment()
    {
        var freight = Freight().VerifyIn("dev", Noon).VerifyIn("dev", Noon.AddHours(1));

        Assert.Equal(Noon, freight.VerifiedIn["dev"].VerifiedAt);
    }

    [Fact]
    public void Unverified_freight_does_not_soak()
    {
        var freight = Freight().Enter("dev", Noon.AddHours(-5));

        Assert.Equal(TimeSpan.Zero, freight.SoakedIn("dev", Noon));
        Assert.False(freight.HasSoakedIn("dev", TimeSpan.Zero, Noon));
    }

    [Fact]
    public void Verified_freight_has_soaked_since_it_arrived()
    {
        var freight = Freight().Enter("dev", Noon.AddHours(-5)).VerifyIn("dev", Noon.AddHours(-4));

        Assert.Equal(TimeSpan.FromHours(5), freight.SoakedIn("dev", Noon));
        Assert.True(freight.HasSoakedIn("dev", TimeSpan.FromHours(5), Noon));
        Assert.False(freight.HasSoakedIn("dev", TimeSpan.FromHours(5.1), Noon));
    }

    [Fact]
    public void Leaving_remembers_the_longest_stay()
    {
        var once = Freight().After("dev", hours: 5);
        var again = once.Enter("dev", Noon.AddHours(1)).Leave("dev", Noon.AddHours(2));

        Assert.False(again.IsCurrentlyIn("dev"));
        Assert.Equal(TimeSpan.FromHours(5), again.SoakedIn("dev", Noon.AddHours(3)));
    }

    [Fact]
    public void A_later_longer_stay_counts_while_it_lasts()
    {
        var freight = Freight().After("dev", hours: 1).Enter("dev", Noon);

        Assert.Equal(TimeSpan.FromHours(1), freight.SoakedIn("dev", Noon.AddMinutes(30)));
        Assert.Equal(TimeSpan.FromHours(2), freight.SoakedIn("dev", Noon.AddHours(2)));
    }

    [Fact]
    public void Leaving_unverified_remembers_nothing()
    {
        var freight = Freight().Enter("dev", Noon).Leave("dev", Noon.AddHours(9));

        Assert.Empty(freight.CurrentlyIn);
        Assert.Empty(freight.VerifiedIn);
    }

    [Fact]
    public void A_clock_set_back_never_makes_a_soak_negative()
    {
        var freight = Freight().After("dev", hours: 2).Enter("dev", Noon);

        Assert.Equal(TimeSpan.FromHours(2), freight.SoakedIn("dev", Noon.AddDays(-1)));
    }

    [Fact]
    public void Revoking_takes_the_stage_s_word_back_and_nothing_else()
    {
        var freight = Freight().In("dev", 1).In("test", 1).RevokeVerificationIn("dev");

        Assert.False(freight.IsVerifiedIn("dev"));
        Assert.True(freight.IsVerifiedIn("test"));
        Assert.True(freight.IsCurrentlyIn("dev"));
    }

    [Fact]
    public void Only_the_newest_outcome_of_a_stage_is_kept()
    {
        var freight = Freight()
            .RecordPromotion("prod", new("p1", PromotionPhase.Failed))
            .RecordPromotion("prod", new("p2", PromotionPhase.Succeeded));

        Assert.Equal(new("p2", PromotionPhase.Succeeded), Assert.Single(freight.PromotedTo).Value);
    }

    [Fact]
    public void A_change_leaves_the_value_before_it_alone()
    {
        var before = Freight();

        _ = before.Enter("dev", Noon).VerifyIn("dev", Noon).ApproveFor("prod", new(Noon, "ada", "")).Leave("dev", Noon);

        Assert.Empty(before.CurrentlyIn);
        Assert.Empty(before.VerifiedIn);
        Assert.Empty(before.ApprovedFor);
    }
}
