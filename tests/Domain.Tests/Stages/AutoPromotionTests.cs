using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using static Waybill.Domain.Stages.AutoPromotionRule;
using static Waybill.Domain.Tests.Given;

namespace Waybill.Domain.Tests.Stages;

public sealed class AutoPromotionTests
{
    private static readonly StageState Empty = new() { Stage = "prod" };
    private static readonly FreightSources Match = From("dev") with { SelectionPolicy = SelectionPolicy.MatchUpstream };
    private static readonly FreightSources Soak = From("dev") with { RequiredSoakTime = TimeSpan.FromHours(4) };
    private static readonly Freight Old = Freight("old");
    private static readonly Freight New = Freight("new", minute: 5);

    /// <summary>What the stage takes, how it is, the freight newest first; the rule, the freight chosen, and the hours to the next look.</summary>
    private static readonly Dictionary<string, (FreightSources Sources, StageState State, Freight[] Freight, AutoPromotionRule Rule, string? Chosen, double? Hours)> Table = new()
    {
        ["nothing there"] = (FromWarehouse, Empty, [], NothingAvailable, null, null),
        ["nothing verified"] = (From("dev"), Empty, [New], NothingAvailable, null, null),
        ["the newest"] = (FromWarehouse, Empty, [New, Old], Promote, "new", null),
        ["the newest available, not the newest"] = (From("dev"), Empty, [New, Old.In("dev", 1)], Promote, "old", null),

        ["held"] = (FromWarehouse, Held, [New, Old], AutoPromotionRule.Held, null, null),
        ["held comes before everything else"] = (FromWarehouse, Holding(New) with { Holds = Held.Holds }, [New], AutoPromotionRule.Held, null, null),
        ["held, though nothing is available"] = (From("dev"), Held, [New], AutoPromotionRule.Held, null, null),
        ["held for another origin"] = (FromWarehouse, Empty with { Holds = new Dictionary<string, Hold> { ["other"] = AHold } }, [New], Promote, "new", null),

        ["here already"] = (FromWarehouse, Holding(New), [New, Old], AlreadyCurrent, null, null),
        ["an older one is here"] = (FromWarehouse, Holding(Old), [New, Old], Promote, "new", null),
        ["here already, though its last promotion failed"] = (FromWarehouse, Holding(New), [Ended(New, PromotionPhase.Failed)], AlreadyCurrent, null, null),
        ["running"] = (FromWarehouse, Empty with { CurrentPromotion = Queued(New) }, [New], AlreadyPromoting, null, null),
        ["queued"] = (FromWarehouse, Empty with { CurrentPromotion = Queued(Old), Queue = [Queued(New)] }, [New], AlreadyPromoting, null, null),
        ["an older one is running"] = (FromWarehouse, Empty with { CurrentPromotion = Queued(Old) }, [New], Promote, "new", null),

        ["failed before"] = (FromWarehouse, Empty, [Ended(New, PromotionPhase.Failed), Old], FailedBefore, null, null),
        ["errored before"] = (FromWarehouse, Empty, [Ended(New, PromotionPhase.Errored)], FailedBefore, null, null),
        ["aborted before"] = (FromWarehouse, Empty, [Ended(New, PromotionPhase.Aborted)], FailedBefore, null, null),
        ["succeeded before, and went"] = (FromWarehouse, Holding(Old), [Ended(New, PromotionPhase.Succeeded)], Promote, "new", null),
        ["failed in another stage"] = (FromWarehouse, Empty, [New.RecordPromotion("qa", new("p", PromotionPhase.Failed))], Promote, "new", null),
        ["newer than what failed"] = (FromWarehouse, Empty, [New, Ended(Old, PromotionPhase.Failed)], Promote, "new", null),

        ["soaking"] = (Soak, Empty, [New.In("dev", 1)], NothingAvailable, null, 3),
        ["the older soaked, the newer soaks"] = (Soak, Empty, [New.In("dev", 1), Old.After("dev", 5)], Promote, "old", 3),
        ["the older is here, the newer soaks"] = (Soak, Holding(Old), [New.In("dev", 1), Old.After("dev", 5)], AlreadyCurrent, null, 3),
        ["what left before it soaked wakes nobody"] = (Soak, Empty, [New.After("dev", 1)], NothingAvailable, null, null),

        ["match upstream: what it holds"] = (Match, Empty, [New.After("dev", 1), Old.In("dev", 1)], Promote, "old", null),
        ["match upstream: it holds nothing verified"] = (Match, Empty, [New.Enter("dev", Noon), Old.After("dev", 1)], NothingAvailable, null, null),
        ["match upstream: it holds nothing"] = (Match, Empty, [New.After("dev", 1), Old.After("dev", 1)], NothingAvailable, null, null),
        ["match upstream: approval does not replace being there"] = (Match, Empty, [New.ApproveFor("prod", new(Noon, "ada", ""))], NothingAvailable, null, null),
        ["match upstream: more than one upstream matches nothing"] = (Match with { Stages = ["dev", "test"] }, Empty, [New.In("dev", 1)], NothingAvailable, null, null),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    private static Hold AHold => new("old", "p1", "ada", Noon);

    private static StageState Held => Empty with { Holds = new Dictionary<string, Hold> { ["app"] = AHold } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_first_rule_that_says_no_is_the_answer(string name)
    {
        var (sources, state, freight, rule, chosen, hours) = Table[name];
        var stage = Stage(sources);

        var decision = AutoPromotion.Decide(stage, stage.RequestedFreight[0], state, freight, Noon);

        Assert.Equal(rule, decision.Rule);
        Assert.Equal(chosen, decision.Freight?.Id);
        Assert.Equal(hours is { } h ? Noon.AddHours(h) : null, decision.WakeAt);
        Assert.NotEmpty(decision.Reason);
    }

    [Fact]
    public void A_stage_without_the_policy_promotes_nothing_and_wakes_nobody()
    {
        var stage = Stage(Soak, auto: false);

        var decision = AutoPromotion.Decide(stage, stage.RequestedFreight[0], Empty, [New.In("dev", 1)], Noon);

        Assert.Equal((NotEnabled, null, null), (decision.Rule, decision.Freight, decision.WakeAt));
    }

    private static StageState Holding(Freight freight) =>
        Empty with { Current = new Dictionary<string, FreightReference> { ["app"] = FreightReference.To(freight) } };

    private static Freight Ended(Freight freight, PromotionPhase phase) => freight.RecordPromotion("prod", new("p", phase));

    private static QueuedPromotion Queued(Freight freight) => new($"prod.{freight.Id}", FreightReference.To(freight), "ada", Noon);
}
