using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Promotions;

public sealed class PromotionRunnerTests
{
    [Fact]
    public async Task Directives_can_be_carried_out_one_by_one_and_twice()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("compose-output", named: "a"), A.Step("compose-output", named: "b")));
        var key = new PromotionKey(A.Project, (await world.PromoteAsync(await world.FreightAsync(), "dev")).Name);

        Assert.Equal(0, (await world.Runner.NextAsync(key, default)).Step);
        Assert.Equal(1, (await world.Runner.ExecuteStepAsync(key, 0, default)).Step);
        Assert.Equal(1, (await world.Runner.ExecuteStepAsync(key, 0, default)).Step);
        Assert.Equal(1, (await world.Runner.FinishPromotionAsync(key, default)).Step);
        Assert.Equal(DirectiveKind.FinishPromotion, (await world.Runner.ExecuteStepAsync(key, 1, default)).Kind);
        Assert.Equal(DirectiveKind.MeasureVerification, (await world.Runner.FinishPromotionAsync(key, default)).Kind);
        Assert.Equal(DirectiveKind.Done, (await world.Runner.MeasureVerificationAsync(key, default)).Kind);
        Assert.Equal(DirectiveKind.Done, (await world.Runner.MeasureVerificationAsync(key, default)).Kind);
        Assert.Equal(4, (await world.AuditAsync()).Count);
    }

    [Fact]
    public async Task A_promotion_that_is_not_there_is_done()
    {
        await using var world = await World.WithAsync();

        Assert.Equal(DirectiveKind.Done, (await world.Runner.AdvanceAsync(new PromotionKey(A.Project, "x"), default)).Kind);
    }

    [Fact]
    public async Task Two_drivers_at_once_come_to_one_end()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("compose-output", named: "a"), A.Step("compose-output", named: "b")));
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.AdvanceAsync(promotion))));

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(promotion)).Phase);
        Assert.Equal(4, (await world.AuditAsync()).Count);
    }

    [Fact]
    public async Task A_step_that_breaks_ends_its_promotion_with_an_error_that_names_it()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("odd")));
        world.Knows(new ScriptedStep("odd", _ => throw new InvalidOperationException("no such luck")));

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal((PromotionPhase.Errored, "Step odd: Unexpected InvalidOperationException in odd: no such luck"), (ended.Phase, ended.Message));
    }

    [Fact]
    public async Task A_kind_of_step_that_nobody_knows_is_an_error()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("helm-template")));

        Assert.Contains("There is no step helm-template", (await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"))).Message);
    }

    [Fact]
    public async Task Conditions_and_ignored_failures_decide_what_runs()
    {
        await using var world = await World.WithAsync(A.Stage(
            "dev",
            A.Direct,
            A.Step("fail", named: "tolerated") with { ContinueOnError = true },
            A.Step("compose-output", named: "after"),
            A.Step("fail", """{"message":"broken"}""", "fatal"),
            A.Step("compose-output", named: "skipped"),
            A.Step("compose-output", named: "cleanup") with { If = "always()" },
            A.Step("compose-output", named: "onFailure") with { If = "${{ failure() && status('fatal') == 'Failed' }}" },
            A.Step("compose-output", named: "never") with { If = "success()" }));

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal((PromotionPhase.Failed, "Step fatal: broken"), (ended.Phase, ended.Message));
        Assert.Equal(
            [StepPhase.Failed, StepPhase.Succeeded, StepPhase.Failed, StepPhase.Skipped, StepPhase.Succeeded, StepPhase.Succeeded, StepPhase.Skipped],
            ended.StepStates.Select(s => s.Phase));
    }

    [Theory]
    [InlineData("1 + 1", "not true or false")]
    [InlineData("vars.nope.deeper", "")]
    [InlineData("success(", "")]
    public async Task A_wrong_condition_is_an_error(string condition, string words)
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("compose-output") with { If = condition }));

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains(words, ended.Message);
    }

    [Fact]
    public async Task Errors_that_may_pass_are_tried_again_as_often_as_the_manifest_says()
    {
        var step = new ScriptedStep("shaky", _ => StepResult.TransientError("1"), _ => StepResult.TransientError("2"), _ => StepResult.Succeeded());
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("shaky") with { Retry = new RetryPolicy(null, 3) }));
        world.Knows(step);

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"))).Phase);
        Assert.Equal(3, step.Runs);
    }

    [Fact]
    public async Task Metadata_for_freight_that_is_not_there_is_an_error_and_not_a_promotion_without_end()
    {
        await using var world = await World.WithAsync(A.Stage(
            "dev", A.Direct, A.Step("set-metadata", """{"updates":[{"kind":"Freight","name":"nobody","values":{"a":1}},{"kind":"Stage","name":"dev","values":{"a":1}}]}""")));

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal((PromotionPhase.Errored, "Step set-metadata: set-metadata: there is no freight nobody."), (ended.Phase, ended.Message));
        Assert.Empty((await world.StageAsync("dev")).Metadata);
    }

    [Fact]
    public async Task Metadata_lands_on_freight_and_stages_once_however_they_are_named()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("set-metadata", """
            {"updates":[
              {"kind":"Freight","name":"${{ ctx.targetFreight.name }}","values":{"a":1}},
              {"kind":"Freight","name":"${{ ctx.targetFreight.alias }}","values":{"b":2}},
              {"kind":"Stage","name":"dev","values":{"c":3}},
              {"kind":"Stage","name":"qa","values":{"d":4}}]}
            """)));
        var freight = await world.FreightAsync();

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(await world.PromoteAsync(freight, "dev"))).Phase);

        Assert.Equal(["a", "b"], (await world.LoadAsync(freight)).Metadata.Keys.Order());
        Assert.Equal((3, 4), ((int)(await world.StageAsync("dev")).Metadata["c"]!, (int)(await world.StageAsync("qa")).Metadata["d"]!));
    }

    [Fact]
    public async Task Metadata_is_there_for_variables_of_the_stage_too()
    {
        var stage = A.Stage(
            "dev",
            A.Direct,
            A.Step("set-metadata", """{"updates":[{"kind":"Stage","name":"dev","values":{"ring":"blue"}}]}"""),
            A.Step("compose-output", """{"ring":"${{ vars.ring }}"}""", "out"));
        await using var world = await World.WithAsync(stage with { Vars = [new("ring", "${{ stageMetadata(\"dev\").ring ?? \"none\" }}")] });

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal("blue", (string?)ended.StepStates[1].Output!["ring"]);
    }

    [Fact]
    public async Task Outputs_that_no_record_could_hold_are_errors()
    {
        var (large, tooLarge) = (new JsonObject { ["x"] = new string('x', 40_000) }, new JsonObject { ["x"] = new string('x', 60_000) });
        var names = Enumerable.Range(0, 8).Select(i => $"s{i}").ToList();
        await using var world = await World.WithAsync(
            A.Stage("one", A.Direct, A.Step("huge")), A.Stage("many", A.Direct, [.. names.Select(n => A.Step(n))]));
        world.Knows([new ScriptedStep("huge", _ => StepResult.Succeeded("", tooLarge)), .. names.Select(n => new ScriptedStep(n, _ => StepResult.Succeeded("", (JsonObject)large.DeepClone())))]);
        var freight = await world.FreightAsync();

        Assert.Contains("larger than 48 KiB", (await world.FinishAsync(await world.PromoteAsync(freight, "one"))).Message);
        Assert.Contains("256 KiB together", (await world.FinishAsync(await world.PromoteAsync(freight, "many"))).Message);
    }
}
