using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Waybill.Expressions.Tests;

/// <summary>A guard against evaluation becoming slow, with a margin for slow machines: the best of several runs counts.</summary>
public sealed class PromotionSpeedTests
{
    private const string Repository = "https://github.com/x/y";

    private static readonly ExpressionScope Promotion = new ExpressionScope.Builder()
        .Variable("ctx", new Dictionary<string, object?> { ["project"] = "p", ["stage"] = "dev" })
        .Variable("vars", new Dictionary<string, object?> { ["branch"] = "main", ["replicas"] = 3 })
        .Variable("outputs", new Dictionary<string, object?> { ["push"] = new Dictionary<string, object?> { ["commit"] = "abc" } })
        .Function("commitFrom", 1, 2, _ => new ExpressionRecord("commit", [new("ID", "0123456789abcdef"), new("Branch", "main")]))
        .Function("success", 0, 0, _ => true)
        .Functions(KargoFunctions.All)
        .Build();

    private static readonly ExpressionScope Measurement = ArgoRolloutsFunctions.ScopeOf(JsonNode.Parse("""
        {"updates": [{
          "result": "succeeded", "kind": "update", "environment": {"git.head": "abc"},
          "info": {"result": "succeeded", "kind": "Pupdate", "environment": {"git.head": "abc"}}
        }]}
        """));

    private static readonly string[] Templates =
    [
        $$$"""${{ commitFrom("{{{Repository}}}").ID }}""",
        $$$"""${{ commitFrom("{{{Repository}}}").ID[:7] }}""",
        "stacks/${{ ctx.stage }}/${{ vars.branch }}.yaml",
        "${{ outputs.push.commit }}",
        "${{ success() && outputs?.push?.commit != nil }}",
        "${{ vars.replicas + 1 }}",
        "${{ quote(vars.replicas) }}",
        "Promote ${{ ctx.project }} to ${{ ctx.stage | upper() }}",
    ];

    private static readonly string[] Conditions =
    [
        """result.updates[0].result == "succeeded" && result.updates[0].environment["git.head"] == "abc" && result.updates[0].kind == "update" """,
        """result.updates[len(result.updates) - 1].info.result == "succeeded" && result.updates[len(result.updates) - 1].info.environment["git.head"] == "abc" && result.updates[len(result.updates) - 1].info.kind == "Pupdate" """,
    ];

    [Fact]
    public void A_hundred_expressions_of_a_promotion_take_under_five_milliseconds_warm()
    {
        var cache = new ExpressionCache();
        EvaluateHundred(cache);

        var best = Enumerable.Range(0, 50).Select(_ => Time(() => EvaluateHundred(cache))).Min();

        Assert.InRange(best.TotalMilliseconds, 0, 5);
    }

    private static void EvaluateHundred(ExpressionCache cache)
    {
        for (var round = 0; round < 10; round++)
        {
            foreach (var template in Templates)
            {
                Assert.NotNull(cache.Template(template).Evaluate(Promotion));
            }

            foreach (var condition in Conditions)
            {
                Assert.True(cache.Expression(condition).EvaluateCondition(Measurement));
            }
        }
    }

    private static TimeSpan Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();

        return watch.Elapsed;
    }
}
