using Waybill.Domain.Promotions;
using static Waybill.Domain.Tests.Given;

namespace Waybill.Domain.Tests.Promotions;

public sealed class ApprovalGateTests
{
    private static readonly ApproverRule Ops = new("groups", "ops", null, Required: false);
    private static readonly ApproverRule Security = new("groups", "security", null, Required: true);
    private static readonly ApproverRule Owner = new(null, null, "owner", Required: false);
    private static readonly ApproverRule Ada = new("email", "ada@example.com", null, Required: false);

    private static readonly Principal Anyone = Principal.Named("someone@example.com");
    private static readonly Principal SecurityPerson = new("sec@example.com", Groups("security", "ops"), []);

    private static ApprovalGate Gate => new() { MinApprovals = 2, OpenedAt = Noon, Deadline = Noon.AddHours(1) };

    [Fact]
    public void It_takes_as_many_people_as_it_says()
    {
        var one = Gate.Answer(Yes("ada"));
        var two = one.Answer(Yes("bob"));

        Assert.Equal((1, false), (one.Approvals, one.IsDecided));
        Assert.Equal((2, true, true), (two.Approvals, two.IsDecided, two.IsApproved));
    }

    [Fact]
    public void One_no_ends_it_whatever_others_said()
    {
        var gate = Gate.Answer(Yes("ada")).Answer(Yes("bob")).Answer(Yes("eve") with { Decision = ApprovalDecision.Reject });

        Assert.Equal((true, true, false), (gate.IsDecided, gate.IsRejected, gate.IsApproved));
    }

    [Fact]
    public void A_required_rule_must_be_among_those_who_approve()
    {
        var gate = Gate with { Approvers = [Ops, Security] };
        var without = gate.Answer(Yes("ada", Ops.Id)).Answer(Yes("bob", Ops.Id));
        var with = without.Answer(Yes("sec", Ops.Id, Security.Id));

        Assert.False(without.IsDecided);
        Assert.Equal([Security], without.MissingRequiredRules);
        Assert.True(with.IsApproved);
    }

    [Fact]
    public void A_required_person_s_no_satisfies_nothing()
    {
        var gate = Gate with { Approvers = [Security] };

        Assert.Equal([Security], gate.Answer(Yes("sec", Security.Id) with { Decision = ApprovalDecision.Reject }).MissingRequiredRules);
    }

    [Fact]
    public void A_person_is_known_by_their_name_in_any_case()
    {
        var gate = Gate.Answer(Yes("Ada@Example.com"));

        Assert.NotNull(gate.ResponseOf("ada@example.com"));
        Assert.Null(gate.ResponseOf("ada@example.co"));
    }

    [Fact]
    public void Without_rules_anyone_signed_in_may_answer()
    {
        Assert.True(Gate.Admits(Anyone));
        Assert.Empty(Gate.RulesMatching(Anyone));
    }

    [Fact]
    public void With_rules_only_those_they_name_may()
    {
        var gate = Gate with { Approvers = [Ops, Security, Owner, Ada] };

        Assert.False(gate.Admits(Anyone));
        Assert.Equal(["groups=ops", "groups=security"], gate.RulesMatching(SecurityPerson));
        Assert.Equal(["role=owner"], gate.RulesMatching(new Principal("o", Groups(), ["owner"])));
        Assert.Equal(["email=ada@example.com"], gate.RulesMatching(Principal.Named("ADA@example.com")));
        Assert.False(gate.Admits(new Principal("x", Groups("OPS", "owner"), ["Owner", "ops"])));
    }

    [Fact]
    public void It_times_out_at_its_deadline()
    {
        Assert.False(Gate.HasTimedOut(Noon.AddHours(1).AddTicks(-1)));
        Assert.True(Gate.HasTimedOut(Noon.AddHours(1)));
    }

    private static ApprovalResponse Yes(string user, params string[] satisfies) => new(user, ApprovalDecision.Approve, null, Noon, satisfies);

    private static Dictionary<string, IReadOnlyList<string>> Groups(params string[] groups) => new() { ["groups"] = groups };
}
