using System.Text.Json.Nodes;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Promotions;
using Waybill.Engine.Tests.Builders;
using Waybill.Expressions;

namespace Waybill.Engine.Tests.Promotions;

public sealed class PromotionScopeTests
{
    private static readonly ExpressionCache Cache = new();
    private static readonly FreightReference App = FreightReference.To(A.Freight("c0ffee0000000000000000000000000000000001", "app", A.Noon));
    private static readonly FreightReference Infra = FreightReference.To(A.Freight("c0ffee0000000000000000000000000000000002", "infra", A.Noon));
    private static readonly PromotionFacts Facts = new(new Dictionary<string, JsonNode?> { ["ring"] = "blue", ["none"] = null }, new Dictionary<string, JsonNode?> { ["n"] = 7 });

    [Theory]
    [InlineData("ctx.project", "shop")]
    [InlineData("ctx.stage", "dev")]
    [InlineData("ctx.promotion", "dev.p")]
    [InlineData("ctx.targetFreight.alias", "brave-app-0001")]
    [InlineData("ctx.targetFreight.origin.kind + ctx.targetFreight.origin.name", "Warehouseapp")]
    [InlineData("ctx.meta.promotion.actor", "ada")]
    [InlineData("commitFrom(\"https://github.com/acme/app\").ID", "c0ffee0000000000000000000000000000000001")]
    [InlineData("commitFrom(\"git@github.com:acme/infra.git\").ID", "c0ffee0000000000000000000000000000000002")]
    [InlineData("commitFrom(\"https://github.com/acme/infra\", warehouse(\"infra\")).Subject", "Change 02")]
    [InlineData("commitFrom(\"https://github.com/acme/app\").Tag", "")]
    [InlineData("outputs.first.x", "1")]
    [InlineData("outputs[\"task::inner\"].y", "2")]
    [InlineData("task.outputs.inner.y", "2")]
    [InlineData("vars.a + vars.b", "stage!step!")]
    [InlineData("vars.c", "stage!step!c")]
    [InlineData("freightMetadata(ctx.targetFreight.name).ring", "blue")]
    [InlineData("freightMetadata(\"brave-app-0001\").ring", "blue")]
    [InlineData("freightMetadata(ctx.targetFreight.name, \"ring\")", "blue")]
    [InlineData("freightMetadata(ctx.targetFreight.name, \"other\") ?? \"unset\"", "unset")]
    [InlineData("string(stageMetadata(\"dev\").n)", "7")]
    [InlineData("status(\"first\")", "Succeeded")]
    [InlineData("status(\"inner\")", "Failed")]
    [InlineData("status(\"task::inner\")", "Failed")]
    [InlineData("status(\"later\")", "")]
    [InlineData("string(always()) + string(success()) + string(failure())", "truefalsetrue")]
    public void Expressions_see_what_Kargo_shows_them(string expression, string expected) =>
        Assert.Equal(expected, Cache.Expression(expression).Evaluate(Scope(Promotion())) as string);

    [Theory]
    [InlineData("commitFrom(\"https://github.com/acme/nothing\")", "has no commit of")]
    [InlineData("commitFrom(\"https://github.com/acme/app\", warehouse(\"infra\"))", "has no commit of")]
    [InlineData("commitFrom(\"https://github.com/acme/app\", \"app\")", "commitFrom")]
    [InlineData("commitFrom(1)", "commitFrom")]
    [InlineData("status(1)", "status")]
    [InlineData("freightMetadata(\"other\")", "knows only brave-app-0001")]
    [InlineData("stageMetadata(\"prod\")", "knows only dev")]
    [InlineData("always(1)", "always")]
    [InlineData("imageFrom(\"ghcr.io/acme/app\").Tag", "freight here holds Git commits, no images")]
    [InlineData("chartFrom(\"oci://ghcr.io/acme/chart\", warehouse(\"app\")).Version", "freight here holds Git commits, no charts")]
    public void What_cannot_be_told_is_an_error_that_says_so(string expression, string words)
    {
        var error = Assert.ThrowsAny<ExpressionException>(() => Cache.Expression(expression).Evaluate(Scope(Promotion())));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void A_repository_that_two_warehouses_bring_must_be_told_apart()
    {
        var twin = Infra with { Commits = [new GitCommit { RepoUrl = A.Repo, Id = new string('d', 40) }] };
        var scope = Scope(Promotion() with { Collection = new Dictionary<string, FreightReference> { ["app"] = App, ["infra"] = twin } });

        var error = Assert.ThrowsAny<ExpressionException>(() => Cache.Expression($"commitFrom(\"{A.Repo}\")").Evaluate(scope));
        var told = Cache.Expression($"commitFrom(\"{A.Repo}\", warehouse(\"infra\")).ID").Evaluate(scope);

        Assert.Contains("say which with warehouse", error.Message);
        Assert.Equal(new string('d', 40), told);
    }

    [Fact]
    public void A_variable_does_not_see_those_after_it()
    {
        var promotion = Promotion() with { Vars = [new("a", "${{ vars.z ?? \"unset\" }}"), new("b", "B"), new("z", "Z")] };

        Assert.Equal("unset", Cache.Expression("vars.a").Evaluate(Scope(promotion)));
    }

    [Fact]
    public void Outside_a_task_there_are_no_outputs_of_one() =>
        Assert.ThrowsAny<ExpressionException>(() => Cache.Expression("task.outputs.inner.y").Evaluate(Scope(Promotion(), step: 3)));

    private static ExpressionScope Scope(Promotion promotion, int step = 2) => new PromotionScope(Cache).For(promotion, step, Facts, A.Noon);

    private static Promotion Promotion() => new()
    {
        Project = A.Project,
        Name = "dev.p",
        Stage = "dev",
        Freight = App,
        Collection = new Dictionary<string, FreightReference> { ["app"] = App, ["infra"] = Infra },
        Actor = "ada",
        CreatedAt = A.Noon,
        Vars = [new("a", "stage!"), new("b", "overridden")],
        Steps =
        [
            A.Step("x", named: "first"),
            A.Step("x", named: "task::inner") with { Task = "task" },
            A.Step("x", named: "task::now") with { Task = "task", Vars = [new("b", "step!"), new("c", "${{ vars.a }}${{ vars.b }}c")] },
            A.Step("x", named: "later"),
        ],
        StepStates =
        [
            new StepState { Phase = StepPhase.Succeeded, Output = new JsonObject { ["x"] = "1" } },
            new StepState { Phase = StepPhase.Failed, Output = new JsonObject { ["y"] = "2" } },
            new StepState { Phase = StepPhase.Running },
            new StepState(),
        ],
    };
}
