using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Stages;
using static Waybill.Domain.Stages.AvailabilityRule;
using static Waybill.Domain.Tests.Given;

namespace Waybill.Domain.Tests.Stages;

public sealed class AvailabilityTests
{
    private static readonly FreightSources OneOf = From("dev", "test");
    private static readonly FreightSources All = OneOf with { AvailabilityStrategy = AvailabilityStrategy.All };
    private static readonly Freight New = Freight();

    /// <summary>What the stage takes, the freight, the rule that decides, and in how many hours a soak ends (null: none).</summary>
    private static readonly Dictionary<string, (FreightSources Sources, Freight Freight, AvailabilityRule Rule, double? Hours)> Table = new()
    {
        ["another origin"] = (FromWarehouse, Freight(warehouse: "other"), OriginNotRequested, null),
        ["another origin, approved all the same"] = (FromWarehouse, Freight(warehouse: "other").ApproveFor("prod", new(Noon, "ada", "")), OriginNotRequested, null),
        ["approved, though unverified"] = (All, New.ApproveFor("prod", new(Noon, "ada", "")), Approved, null),
        ["approved, though soaking"] = (Soak(OneOf, 4), New.In("dev", 1).ApproveFor("prod", new(Noon, "ada", "")), Approved, null),
        ["approved for another stage"] = (OneOf, New.ApproveFor("stage", new(Noon, "ada", "")), NotVerifiedUpstream, null),
        ["direct"] = (FromWarehouse, New, Direct, null),
        ["direct beside stages"] = (OneOf with { Direct = true }, New, Direct, null),
        ["no source at all"] = (new FreightSources(), New, NotVerifiedUpstream, null),
        ["no source at all, strategy All"] = (new FreightSources { AvailabilityStrategy = AvailabilityStrategy.All }, New, NotVerifiedUpstream, null),

        ["OneOf: in none"] = (OneOf, New, NotVerifiedUpstream, null),
        ["OneOf: there, not verified"] = (OneOf, New.Enter("dev", Noon), NotVerifiedUpstream, null),
        ["OneOf: verified elsewhere"] = (OneOf, New.In("qa", 9), NotVerifiedUpstream, null),
        ["OneOf: verified in one"] = (OneOf, New.In("test", 0), VerifiedUpstream, null),
        ["OneOf: verified and gone"] = (OneOf, New.After("dev", 1), VerifiedUpstream, null),
        ["OneOf: soaking"] = (Soak(OneOf, 4), New.In("dev", 1), Soaking, 3),
        ["OneOf: soaking in both, the earlier counts"] = (Soak(OneOf, 4), New.In("dev", 1).In("test", 3), Soaking, 1),
        ["OneOf: soaked in one, soaking in the other"] = (Soak(OneOf, 4), New.In("dev", 1).In("test", 4), VerifiedUpstream, null),
        ["OneOf: soaked elsewhere does not count"] = (Soak(OneOf, 4), New.In("qa", 9).In("dev", 1), Soaking, 3),
        ["OneOf: left before soaked"] = (Soak(OneOf, 4), New.After("dev", 1), LeftBeforeSoaked, null),
        ["OneOf: left one before soaked, soaks in the other"] = (Soak(OneOf, 4), New.After("dev", 1).In("test", 1), Soaking, 3),
        ["OneOf: left after soaking"] = (Soak(OneOf, 4), New.After("dev", 5), VerifiedUpstream, null),
        ["OneOf: back after leaving early"] = (Soak(OneOf, 4), New.After("dev", 1).Enter("dev", Noon), Soaking, 4),

        ["All: in one only"] = (All, New.In("dev", 9), NotVerifiedUpstream, null),
        ["All: in both"] = (All, New.In("dev", 0).In("test", 0), VerifiedUpstream, null),
        ["All: in both and in a third"] = (Soak(All, 1), New.In("dev", 2).In("test", 2).In("qa", 2), VerifiedUpstream, null),
        ["All: soaking in both, the later counts"] = (Soak(All, 4), New.In("dev", 1).In("test", 3), Soaking, 3),
        ["All: soaking in one, unverified in the other"] = (Soak(All, 4), New.In("dev", 1), NotVerifiedUpstream, null),
        ["All: soaking in one, left the other early"] = (Soak(All, 4), New.In("dev", 1).After("test", 1), LeftBeforeSoaked, null),
        ["All: soaked in both, one of them left"] = (Soak(All, 4), New.In("dev", 4).After("test", 5), VerifiedUpstream, null),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_stage_takes_freight_by_the_first_rule_that_speaks(string name)
    {
        var (sources, freight, rule, hours) = Table[name];

        var availability = Availability.Of(freight, Stage(sources), Noon);

        Assert.Equal(rule, availability.Rule);
        Assert.Equal(rule is Approved or Direct or VerifiedUpstream, availability.IsAvailable);
        Assert.Equal(hours is { } h ? Noon.AddHours(h) : null, availability.AvailableAt);
        Assert.NotEmpty(availability.Reason);
    }

    [Theory]
    [InlineData("OneOf: soaking")]
    [InlineData("OneOf: soaking in both, the earlier counts")]
    [InlineData("All: soaking in both, the later counts")]
    public void Freight_is_available_at_the_moment_that_was_promised(string name)
    {
        var (sources, freight, _, hours) = Table[name];
        var promised = Noon.AddHours(hours!.Value);

        Assert.False(Availability.Of(freight, Stage(sources), promised.AddTicks(-1)).IsAvailable);
        Assert.True(Availability.Of(freight, Stage(sources), promised).IsAvailable);
    }

    private static FreightSources Soak(FreightSources sources, double hours) => sources with { RequiredSoakTime = TimeSpan.FromHours(hours) };
}
