using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;
using Waybill.Engine.Tests.Builders;

namespace Waybill.Engine.Tests.Records;

public sealed class RowKeysTests
{
    private static readonly string[] Moments = ["2026-06-01T12:00:00Z", "2026-06-01T12:00:00.001Z", "2026-06-01T12:00:01Z", "2027-01-01T00:00:00Z", "2400-01-01T00:00:00Z"];

    [Fact]
    public void Newer_promotions_come_first()
    {
        var keys = Moments.Select(m => RowKeys.Promotion(PromotionName.Of("dev", Ulid.NewUlid(At(m)).ToString(), "f1"))!).ToList();

        Assert.Equal(keys.OrderDescending(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void Newer_freight_comes_first()
    {
        var keys = Moments.Select(m => RowKeys.Position(A.Freight("c0ffee", "app", At(m)))).ToList();

        Assert.Equal(keys.OrderDescending(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void Newer_audit_entries_come_first()
    {
        var keys = Moments.Select(m => RowKeys.AuditEntry(Ulid.NewUlid(At(m)).ToString())).ToList();

        Assert.Equal(keys.OrderDescending(StringComparer.Ordinal), keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dev")]
    [InlineData("dev.01k0abcdefghjkmnpqrstvwxy.f")]
    [InlineData("dev.01k0abcdefghjkmnpqrstvwxyu.f")]
    [InlineData("dev.01K0ABCDEFGHJKMNPQRSTVWXYZ.f")]
    public void What_is_no_promotion_s_name_has_no_key(string name) => Assert.Null(RowKeys.Promotion(name));

    [Fact]
    public void Promotions_of_one_freight_to_two_stages_have_two_keys()
    {
        var ulid = Ulid.NewUlid(A.Noon).ToString();

        Assert.NotEqual(RowKeys.Promotion(PromotionName.Of("dev", ulid, "f")), RowKeys.Promotion(PromotionName.Of("dev2", ulid, "f")));
    }

    /// <summary>The list of <c>dev</c> holds nothing of stages that are named alike, and the other way round.</summary>
    [Theory]
    [InlineData("dev-2")]
    [InlineData("dev2")]
    [InlineData("dev.eu")]
    [InlineData("de")]
    [InlineData("a.dev")]
    public void Lists_of_stages_with_like_names_do_not_mix(string other)
    {
        var (mine, theirs) = (KeyRange.Prefix(RowKeys.PromotionsOf("dev")), KeyRange.Prefix(RowKeys.PromotionsOf(other)));
        var (my, their) = (RowKeys.Promotion(Name("dev"))!, RowKeys.Promotion(Name(other))!);

        Assert.True(Holds(mine, my) && Holds(theirs, their));
        Assert.False(Holds(mine, their) || Holds(theirs, my));
        Assert.False(Holds(KeyRange.Prefix(RowKeys.VerifiedIn("dev", "w")), RowKeys.VerifiedIn(other, "w") + "1|f"));
    }

    [Fact]
    public void Kinds_of_rows_do_not_mix()
    {
        string[] prefixes =
            [RowKeys.Stages, RowKeys.Audit, RowKeys.Ingest, RowKeys.Freight(""), RowKeys.Alias(""), RowKeys.FreightOf("x"), RowKeys.VerifiedIn("x", "w"), RowKeys.ApprovedFor("x", "w"), RowKeys.PromotionsOf("x")];

        Assert.All(prefixes, one => Assert.DoesNotContain(prefixes, other => other != one && other.StartsWith(one, StringComparison.Ordinal)));
    }

    private static string Name(string stage) => PromotionName.Of(stage, Ulid.NewUlid(A.Noon).ToString(), "f");

    private static bool Holds(KeyRange range, string key) =>
        string.CompareOrdinal(range.From, key) <= 0 && string.CompareOrdinal(key, range.To) < 0;

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment);
}
