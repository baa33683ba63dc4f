using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using Waybill.Engine.Analysis;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;
using static Waybill.Domain.Auditing.AuditAction;

namespace Waybill.Engine.Tests.Analysis;

/// <summary>Verification by a stage's analysis, from the promotion to the freight.</summary>
public sealed class VerificationTests
{
    [Theory]
    [InlineData("{\"ok\":true}", VerificationPhase.Successful, true)]
    [InlineData("{\"ok\":false}", VerificationPhase.Failed, false)]
    public async Task The_condition_decides_whether_freight_is_verified(string answer, VerificationPhase phase, bool isVerified)
    {
        await using var world = await WorldAsync(Metric.Web());
        world.Internet.Answers(Metric.Url, answer);
        var freight = await world.FreightAsync();

        var promotion = await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        Assert.Equal((PromotionPhase.Succeeded, phase), (promotion.Phase, promotion.Verification!.Phase));
        Assert.Equal(isVerified, (await world.LoadAsync(freight)).IsVerifiedIn("dev"));
        Assert.Equal(isVerified ? FreightVerified : VerificationFailed, (await world.AuditAsync())[^1]);
        Assert.False((await world.StageAsync("dev")).IsBusy);
        var run = Assert.Single(promotion.Verification.Runs);
        Assert.Equal((phase, "dev"), (run.Phase, run.Name.Split('.')[0]));
        var measurement = Assert.Single(Assert.Single(run.Results).Measurements);
        Assert.Equal((phase, answer), (measurement.Phase, measurement.Value));
    }

    [Fact]
    public async Task Arguments_are_evaluated_when_it_starts_and_put_into_the_request_and_the_condition()
    {
        await using var world = await WorldAsync(new AnalysisPlan
        {
            Arguments = [new("commit-id", $$$"""${{ commitFrom("{{{A.Repo}}}").ID }}"""), new("token", null, new SecretKeyReference("pulumi", "TOKEN"))],
            Metrics = [new MetricSpec
            {
                Name = "head",
                SuccessCondition = "result.head == \"{{args.commit-id}}\"",
                Provider = new WebMetric { Url = Metric.Url, Headers = [new("Authorization", "token {{ args.token }}")] },
            }],
        });
        world.Vault.Secrets["pulumi"] = new() { ["TOKEN"] = "s3cr3t" };
        var freight = await world.FreightAsync();
        world.Internet.Answers(Metric.Url, $$"""{"head":"{{freight.Commits[0].Id}}","echo":"token s3cr3t"}""");

        var promotion = await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        Assert.Equal(VerificationPhase.Successful, promotion.Verification!.Phase);
        Assert.Contains("Authorization: token s3cr3t", Assert.Single(world.Internet.Requests).Headers);
        Assert.Equal(freight.Commits[0].Id, promotion.Verification.Runs[0].Arguments[0].Value);
        Assert.Contains("token ***", promotion.Verification.Runs[0].Results[0].Last!.Value);
    }

    /// <summary>The Stack has reported, so that five minutes more would only be waited.</summary>
    [Fact]
    public async Task An_initial_delay_that_waits_for_a_run_that_is_over_is_not_waited_for()
    {
        await using var world = await WorldAsync(Delayed());
        world.Internet.Answers(Metric.Url, Good);
        var before = world.Time.GetUtcNow();

        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal((VerificationPhase.Successful, true), (promotion.Verification!.Phase, promotion.Verification.Runs[0].IsEndKnown));
        Assert.InRange(world.Time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_setting_restores_the_literal_delay()
    {
        await using var world = await WorldAsync(Delayed());
        world.Verification = new VerificationOptions { HonorInitialDelay = true };
        world.Restart();
        world.Internet.Answers(Metric.Url, Good);

        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        var run = promotion.Verification!.Runs[0];
        Assert.Equal((VerificationPhase.Successful, TimeSpan.FromMinutes(5)), (run.Phase, run.Results[0].Last!.StartedAt - run.StartedAt));
    }

    [Fact]
    public async Task A_stage_without_Stacks_has_the_literal_delay()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("compose-output", "{\"a\":1}")).Verified(Delayed()));
        world.Internet.Answers(Metric.Url, Good);

        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        var run = promotion.Verification!.Runs[0];
        Assert.Equal((VerificationPhase.Successful, TimeSpan.FromMinutes(5)), (run.Phase, run.Results[0].Last!.StartedAt - run.StartedAt));
        Assert.Single(world.Internet.Requests);
    }

    /// <summary>What is measured may lag behind the Stack: early it is asked again, and never fails sooner than it would have.</summary>
    [Fact]
    public async Task An_answer_that_lags_behind_is_asked_for_again_without_a_write_each_time()
    {
        await using var world = await WorldAsync(Delayed());
        world.Internet.Answers(Metric.Url, Bad);
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        var wait = await world.AdvanceAsync(promotion);
        wait = await PassAsync(world, promotion, wait);
        wait = await PassAsync(world, promotion, wait);
        wait = await PassAsync(world, promotion, wait);
        world.Rows.Reset();

        wait = await PassAsync(world, promotion, wait);

        Assert.Equal((DirectiveKind.WaitUntil, 0), (wait.Kind, world.Rows.Commits));
        world.Internet.Answers(Metric.Url, Good);
        var ended = await world.FinishAsync(promotion);
        Assert.Equal(VerificationPhase.Successful, ended.Verification!.Phase);
        Assert.True(ended.Verification.FinishedAt < ended.Verification.StartedAt.AddMinutes(1));
    }

    [Fact]
    public async Task An_answer_that_stays_bad_fails_when_the_delay_is_over()
    {
        await using var world = await WorldAsync(Delayed());
        world.Internet.Answers(Metric.Url, Bad);

        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        var run = promotion.Verification!.Runs[0];
        Assert.Equal((VerificationPhase.Failed, TimeSpan.FromMinutes(5)), (run.Phase, run.FinishedAt - run.StartedAt));
        Assert.Equal("Metric up is Failed: failed (1) > failureLimit (0). successCondition result.ok is not met.", promotion.Verification.Message);
    }

    /// <summary>Through Git nobody waits for the run but the stage's health; a failed one is told at once.</summary>
    [Fact]
    public async Task A_failed_run_of_a_Stack_fails_the_verification_at_once()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("pushes")).Verified(Delayed()));
        world.Cluster.AddStack("dev", "shop:dev");
        var freight = await world.FreightAsync();
        var check = new StackHealthCheck(new StackReference("default", "apps", "dev"), freight.Commits[0].Id, "up");
        world.Knows(new ScriptedStep("pushes", _ => StepResult.Succeeded() with { HealthChecks = [check] }));
        world.Cluster["dev"] = world.Cluster["dev"] with { Commit = freight.Commits[0].Id, Generation = 2 };
        var promotion = await world.PromoteAsync(freight, "dev");
        var wait = await world.AdvanceAsync(promotion);
        world.Cluster.End("dev", succeeded: false);
        world.Cluster["dev"] = world.Cluster["dev"] with { Stalled = new StackCondition(true, "UpdateFailed", "bucket exists") };
        var before = world.Time.GetUtcNow();

        await PassAsync(world, promotion, wait);

        var ended = await world.LoadAsync(promotion);
        Assert.Equal((VerificationPhase.Failed, true), (ended.Verification!.Phase, ended.Verification.Message.Contains("bucket exists", StringComparison.Ordinal)));
        Assert.Empty(ended.Verification.Runs);
        Assert.InRange(world.Time.GetUtcNow() - before, TimeSpan.Zero, PollSchedule.Longest);
    }

    [Fact]
    public async Task Measured_well_and_broken_meanwhile_is_not_verified()
    {
        await using var world = await WorldAsync(Metric.Web() with { Count = 2, Interval = TimeSpan.FromSeconds(30) });
        world.Internet.Answers(Metric.Url, Good);
        var freight = await world.FreightAsync();
        var promotion = await world.PromoteAsync(freight, "dev");
        var wait = await world.AdvanceAsync(promotion);
        wait = await PassAsync(world, promotion, wait);
        world.Cluster["dev"] = world.Cluster["dev"] with { Commit = new string('1', 40) };

        while (wait.Kind is not DirectiveKind.Done)
        {
            wait = await PassAsync(world, promotion, wait);
        }

        Assert.Equal(VerificationPhase.Failed, (await world.LoadAsync(promotion)).Verification!.Phase);
        Assert.False((await world.LoadAsync(freight)).IsVerifiedIn("dev"));
    }

    [Fact]
    public async Task An_argument_that_can_t_be_evaluated_is_an_error_of_the_run()
    {
        await using var world = await WorldAsync(new AnalysisPlan { Arguments = [new("x", "${{ outputs.no.such }}")], Metrics = [Metric.Web()] });

        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(VerificationPhase.Error, promotion.Verification!.Phase);
        Assert.NotEmpty(promotion.Verification.Message);
    }

    /// <summary>Neither by reference nor through an expression does a secret come to rest anywhere.</summary>
    [Fact]
    public async Task No_row_ever_holds_a_secret()
    {
        await using var world = await WorldAsync(new AnalysisPlan
        {
            Arguments = [new("token", null, new SecretKeyReference("pulumi", "TOKEN"))],
            Metrics = [Metric.Web("result.ok == \"{{args.token}}\"") with { Provider = new WebMetric { Url = Metric.Url + "?t={{args.token}}", Headers = [new("A", "{{args.token}}")] } }],
        });
        world.Vault.Secrets["pulumi"] = new() { ["TOKEN"] = "hush-hush-token" };
        world.Internet.Answers(Metric.Url + "?t=hush-hush-token", "{\"ok\":\"hush-hush\",\"echo\":\"hush-hush-token\"}");

        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(VerificationPhase.Failed, promotion.Verification!.Phase);
        Assert.NotEmpty(world.Written.Documents);
        Assert.All(world.Written.Documents, row => Assert.DoesNotContain("hush-hush-token", row));
    }

    [Fact]
    public async Task An_expression_that_would_store_a_secret_is_refused()
    {
        await using var world = await WorldAsync(new AnalysisPlan { Arguments = [new("x", "${{ secret('pulumi').TOKEN }}")], Metrics = [Metric.Web()] });
        world.Vault.Secrets["pulumi"] = new() { ["TOKEN"] = "hush-hush-token" };

        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal((VerificationPhase.Error, true), (promotion.Verification!.Phase, promotion.Verification.Message.Contains("valueFrom.secretKeyRef", StringComparison.Ordinal)));
        Assert.All(world.Written.Documents, row => Assert.DoesNotContain("hush-hush-token", row));
    }

    /// <summary>A clock that was set back does not leave a run waiting for a time that is a day away.</summary>
    [Fact]
    public async Task A_clock_set_back_is_looked_at_at_once()
    {
        await using var world = await WorldAsync(Metric.Web() with { Count = 2, Interval = TimeSpan.FromMinutes(5) });
        world.Internet.Answers(Metric.Url, Good);
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await PassAsync(world, promotion, await world.AdvanceAsync(promotion));
        var stored = await world.LoadAsync(promotion);

        Assert.Equal(DirectiveKind.WaitUntil, PromotionDecider.Next(stored, world.Time.GetUtcNow()).Kind);
        Assert.Equal(DirectiveKind.MeasureVerification, PromotionDecider.Next(stored, world.Time.GetUtcNow().AddDays(-1)).Kind);
    }

    internal const string Good = "{\"ok\":true}";

    internal const string Bad = "{\"ok\":false}";

    /// <summary>As the article's: five minutes, then one look.</summary>
    internal static MetricSpec Delayed() => Metric.Web() with { InitialDelay = TimeSpan.FromMinutes(5) };

    internal static async Task<Directive> PassAsync(World world, Promotion promotion, Directive wait)
    {
        world.Time.Advance(wait.Until!.Value - world.Time.GetUtcNow());
        return await world.AdvanceAsync(promotion);
    }

    internal static Task<World> WorldAsync(params MetricSpec[] metrics) => WorldAsync(Metric.Plan(metrics));

    internal static async Task<World> WorldAsync(AnalysisPlan plan)
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, A.StackUpdate("dev")).Verified(plan));
        world.Cluster.AddStack("dev", "shop:dev");
        world.Cluster.SucceedsAtOnce = true;
        return world;
    }
}
