using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Engine.Approvals;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Approvals;

/// <summary>From the step that opens a gate, over the links it sends, to what the answers do.</summary>
public sealed class ApprovalTests
{
    private const string TwoPeople = """{ "minApprovals": 2, "approvers": [{"claim":"email","value":"ada@x.org"},{"claim":"email","value":"bob@x.org"}] }""";
    private const string OneRequired = """{ "approvers": [{"claim":"email","value":"ada@x.org"},{"claim":"groups","value":"security","required":true}] }""";

    [Fact]
    public async Task Everybody_whom_the_rules_name_gets_a_link_of_their_own()
    {
        await using var world = await AtGateAsync(TwoPeople);

        var sent = Assert.Single(world.Notifier.Sent);
        Assert.Equal(["ada@x.org", "bob@x.org"], sent.Links.Select(l => l.Approver));
        Assert.All(sent.Links, l => Assert.StartsWith("https://waybill.example/approvals/", l.Url.AbsoluteUri));
        Assert.Equal(A.Noon.AddDays(1).AddSeconds(1), sent.Gate.Deadline);
    }

    [Fact]
    public async Task Looking_decides_nothing()
    {
        await using var world = await AtGateAsync(TwoPeople);

        var opened = await world.Desk.OpenAsync(Link(world, 0), default);

        Assert.True(opened.IsOpen);
        Assert.Equal("ada@x.org", opened.Token!.Approver);
        Assert.Empty((await GateAsync(world)).Responses);
    }

    [Fact]
    public async Task Two_required_approvals_are_two_people()
    {
        await using var world = await AtGateAsync(TwoPeople);

        await ApproveAsync(world, 0);
        var again = await ApproveAsync(world, 0);
        Assert.Equal(DirectiveKind.AwaitApproval, (await world.AdvanceAsync(await OnlyAsync(world))).Kind);
        await ApproveAsync(world, 1);

        Assert.Equal(ApprovalProblem.AlreadyUsed, again.Problem);
        var ended = await world.FinishAsync(await OnlyAsync(world));
        Assert.Equal(PromotionPhase.Succeeded, ended.Phase);
        Assert.Equal("Approved by ada@x.org, bob@x.org.", ended.StepStates[0].Message);
        Assert.Equal(2, (await world.AuditAsync()).Count(a => a is AuditAction.ApprovalGranted));
    }

    [Fact]
    public async Task One_link_used_by_many_at_once_is_one_answer()
    {
        await using var world = await AtGateAsync(TwoPeople);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ApproveAsync(world, 0))));

        Assert.Equal(1, answers.Count(a => a.IsOpen));
        Assert.Single((await GateAsync(world)).Responses);
        Assert.Single(await world.AuditAsync(), AuditAction.ApprovalGranted);
    }

    [Fact]
    public async Task Two_people_who_answer_at_once_both_count()
    {
        await using var world = await AtGateAsync(TwoPeople);

        await Task.WhenAll(Task.Run(() => ApproveAsync(world, 0)), Task.Run(() => ApproveAsync(world, 1)));

        Assert.True((await GateAsync(world)).IsApproved);
    }

    [Fact]
    public async Task Without_the_required_rule_nothing_is_approved()
    {
        await using var world = await AtGateAsync(OneRequired, w => w.Approvals.People["sec@x.org"] = new PersonOptions { Groups = ["security"] });

        await ApproveAsync(world, 0);
        var waiting = await world.AdvanceAsync(await OnlyAsync(world));
        await ApproveAsync(world, 1);

        Assert.Equal(DirectiveKind.AwaitApproval, waiting.Kind);
        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(await OnlyAsync(world))).Phase);
    }

    [Fact]
    public async Task A_rejection_fails_the_promotion_in_the_person_s_words()
    {
        await using var world = await AtGateAsync(TwoPeople);

        await world.Desk.DecideAsync(Link(world, 1), ApprovalDecision.Reject, "  not on a Friday  ", default);
        var late = await ApproveAsync(world, 0);
        var ended = await world.FinishAsync(await OnlyAsync(world));

        Assert.Equal(ApprovalProblem.AlreadyDecided, late.Problem);
        Assert.Equal((PromotionPhase.Failed, "Step approve: Rejected by bob@x.org: not on a Friday"), (ended.Phase, ended.Message));
        var entry = Assert.Single(await world.EntriesAsync(), e => e.Action is AuditAction.ApprovalRejected);
        Assert.Equal(("bob@x.org", "not on a Friday"), (entry.Actor, entry.Reason));
    }

    [Theory]
    [InlineData("fail", PromotionPhase.Failed)]
    [InlineData("abort", PromotionPhase.Aborted)]
    [InlineData("approve", PromotionPhase.Succeeded)]
    public async Task Nobody_s_answer_means_what_the_manifest_says(string onTimeout, PromotionPhase phase)
    {
        await using var world = await AtGateAsync($$"""{ "timeout": "10m", "onTimeout": "{{onTimeout}}", "approvers": [{"claim":"email","value":"ada@x.org"}] }""");
        var opened = world.Time.GetUtcNow();

        var ended = await world.FinishAsync(await OnlyAsync(world));
        var late = await ApproveAsync(world, 0);

        Assert.Equal(phase, ended.Phase);
        Assert.Equal(opened.AddMinutes(10), ended.StepStates[0].FinishedAt);
        Assert.Equal(ApprovalProblem.AlreadyDecided, late.Problem);
        Assert.Single(await world.AuditAsync(), AuditAction.ApprovalTimedOut);
    }

    [Fact]
    public async Task After_the_time_a_link_is_expired_even_before_anybody_noticed()
    {
        await using var world = await AtGateAsync("""{ "timeout": "10m", "approvers": [{"claim":"email","value":"ada@x.org"}] }""");

        world.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(ApprovalProblem.Expired, (await ApproveAsync(world, 0)).Problem);
        Assert.Empty((await GateAsync(world)).Responses);
    }

    [Fact]
    public async Task An_answer_in_time_counts_though_the_head_was_down()
    {
        await using var world = await AtGateAsync("""{ "timeout": "10m", "approvers": [{"claim":"email","value":"ada@x.org"}] }""");
        world.Time.Advance(TimeSpan.FromMinutes(9));
        await ApproveAsync(world, 0);

        world.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(await OnlyAsync(world))).Phase);
    }

    [Fact]
    public async Task An_answer_wakes_the_driver()
    {
        await using var world = await AtGateAsync(TwoPeople);
        world.Driver.Forget();

        await ApproveAsync(world, 0);
        await ApproveAsync(world, 0);

        Assert.Equal((await OnlyAsync(world)).Name, Assert.Single(world.Driver.Driven));
    }

    [Fact]
    public async Task A_link_is_good_for_its_promotion_and_its_gate_only()
    {
        await using var world = await AtGateAsync(TwoPeople);
        var promotion = await OnlyAsync(world);
        var token = new ApprovalToken(A.Project, promotion.Name, 0, "ada@x.org", [], A.Noon.AddDays(2));

        Assert.Equal(ApprovalProblem.Gone, await ProblemAsync(token with { Step = 1 }));
        Assert.Equal(ApprovalProblem.Gone, await ProblemAsync(token with { Step = -1 }));
        Assert.Equal(ApprovalProblem.Gone, await ProblemAsync(token with { Project = "other" }));
        Assert.Equal(ApprovalProblem.Gone, await ProblemAsync(token with { Promotion = "prod.01k0abcdefghjkmnpqrstvwxyz.f" }));
        Assert.Equal(ApprovalProblem.NotGenuine, (await world.Desk.OpenAsync(world.Signer.Sign(token) + "x", default)).Problem);
        Assert.Null((await world.Desk.OpenAsync(world.Signer.Sign(token), default)).Problem);

        async Task<ApprovalProblem?> ProblemAsync(ApprovalToken t) =>
            (await world.Desk.DecideAsync(world.Signer.Sign(t), ApprovalDecision.Approve, null, default)).Problem;
    }

    [Fact]
    public async Task An_abort_comes_before_every_answer()
    {
        await using var world = await AtGateAsync(TwoPeople);
        await world.AbortAsync(await OnlyAsync(world));

        var late = await ApproveAsync(world, 0);
        var ended = await world.FinishAsync(await OnlyAsync(world));

        Assert.Equal(ApprovalProblem.AlreadyDecided, late.Problem);
        Assert.Equal(PromotionPhase.Aborted, ended.Phase);
    }

    [Theory]
    [InlineData("""{ "minApprovals": 0 }""", "minApprovals")]
    [InlineData("""{ "minApprovals": "two" }""", "minApprovals")]
    [InlineData("""{ "timeout": "-1h" }""", "timeout")]
    [InlineData("""{ "onTimeout": "shrug" }""", "onTimeout")]
    [InlineData("""{ "approvers": ["ada"] }""", "approvers")]
    [InlineData("""{ "approvers": [{"claim":"email"}] }""", "approvers")]
    [InlineData("""{ "approvers": [{"claim":"email","value":"a","role":"b"}] }""", "approvers")]
    [InlineData("""{ "approvers": [{}] }""", "approvers")]
    public async Task A_wrong_configuration_is_an_error_that_names_its_field(string config, string field)
    {
        await using var world = await World.WithAsync(A.Stage("prod", A.Direct, A.Approval(config)));

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "prod"));

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains($"config.{field}", ended.Message);
        Assert.Empty(world.Notifier.Sent);
    }

    private static async Task<World> AtGateAsync(string config, Action<World>? prepare = null)
    {
        var world = await World.WithAsync(A.Stage("prod", A.Direct, A.Approval(config)));
        prepare?.Invoke(world);
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "prod");
        Assert.Equal(DirectiveKind.AwaitApproval, (await world.AdvanceAsync(promotion)).Kind);
        return world;
    }

    private static async Task<Promotion> OnlyAsync(World world) => Assert.Single(await world.PromotionsAsync("prod"));

    private static async Task<ApprovalGate> GateAsync(World world) => (await OnlyAsync(world)).StepStates[0].Approval!;

    private static string Link(World world, int person) => world.Notifier.Sent[0].Links[person].Url.Segments[^1];

    private static Task<ApprovalCase> ApproveAsync(World world, int person) =>
        world.Desk.DecideAsync(Link(world, person), ApprovalDecision.Approve, null, default);
}
