using System.Text.Json.Nodes;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.Secrets;
using Waybill.Expressions;

namespace Waybill.Engine.Promotions;

/// <summary>What the expressions of a promotion's step can see: Kargo's variables and functions.</summary>
public sealed class PromotionScope(ExpressionCache cache)
{
    /// <summary>The scope of a step's condition and configuration.</summary>
    /// <exception cref="ExpressionException">A variable's value can't be evaluated.</exception>
    public ExpressionScope For(Promotion promotion, int index, PromotionFacts facts, DateTimeOffset now) =>
        For(promotion, promotion.Steps[index], index, facts, now);

    /// <summary>The scope of what the verification after the promotion is told: as that of a step after the last.</summary>
    /// <exception cref="ExpressionException">A variable's value can't be evaluated.</exception>
    public ExpressionScope ForVerification(Promotion promotion, PromotionFacts facts, DateTimeOffset now) =>
        For(promotion, new PromotionStep { Uses = "", As = "" }, promotion.Steps.Count, facts, now);

    private ExpressionScope For(Promotion promotion, PromotionStep step, int index, PromotionFacts facts, DateTimeOffset now)
    {
        var outer = new ExpressionScope.Builder()
            .Variable("ctx", Context(promotion))
            .Variable("outputs", Outputs(promotion, index, _ => true, s => s.As))
            .Variable("task", Task(promotion, step, index))
            .Functions(KargoFunctions.All)
            .Functions(FreightFunctions(promotion, facts))
            .Functions(StatusFunctions(promotion, step, index))
            .Functions(facts.Lookups?.Functions() ?? [])
            .Build();

        return new ExpressionScope.Builder(outer)
            .Variable("vars", Variables([.. promotion.Vars, .. step.Vars], outer, now))
            .Build();
    }

    private Dictionary<string, object?> Variables(IEnumerable<Variable> variables, ExpressionScope outer, DateTimeOffset now)
    {
        var values = new Dictionary<string, object?>();
        foreach (var variable in variables)
        {
            // A variable may refer to those before it.
            var scope = new ExpressionScope.Builder(outer).Variable("vars", new Dictionary<string, object?>(values)).Build();
            values[variable.Name] = cache.Template(variable.Value).Evaluate(scope, new EvaluationOptions { Now = now });
        }

        return values;
    }

    private static Dictionary<string, object?> Context(Promotion promotion) => new()
    {
        ["project"] = promotion.Project,
        ["stage"] = promotion.Stage,
        ["promotion"] = promotion.Name,
        ["targetFreight"] = new Dictionary<string, object?>
        {
            ["name"] = promotion.Freight.Id,
            ["alias"] = promotion.Freight.Alias,
            ["origin"] = new Dictionary<string, object?> { ["kind"] = "Warehouse", ["name"] = promotion.Freight.Warehouse },
        },
        ["meta"] = new Dictionary<string, object?>
        {
            ["promotion"] = new Dictionary<string, object?> { ["actor"] = promotion.Actor },
        },
    };

    private static Dictionary<string, object?> Outputs(
        Promotion promotion, int index, Func<PromotionStep, bool> include, Func<PromotionStep, string> name)
    {
        var outputs = new Dictionary<string, object?>();
        for (var i = 0; i < index; i++)
        {
            if (include(promotion.Steps[i]) && promotion.StepStates[i].Output is { } output)
            {
                outputs[name(promotion.Steps[i])] = ExpressionValue.FromJson(output);
            }
        }

        return outputs;
    }

    private static Dictionary<string, object?>? Task(Promotion promotion, PromotionStep step, int index) => step.Task is { } task
        ? new() { ["outputs"] = Outputs(promotion, index, s => s.Task == task, s => s.As[(task.Length + 2)..]) }
        : null;

    private static IEnumerable<ExpressionFunction> StatusFunctions(Promotion promotion, PromotionStep step, int index)
    {
        yield return new("always", 0, 0, _ => true);
        yield return new("success", 0, 0, _ => !promotion.WorstStepPhase.IsUnsuccessful());
        yield return new("failure", 0, 0, _ => promotion.WorstStepPhase.IsUnsuccessful());
        yield return new("status", 1, 1, arguments =>
        {
            var alias = (string)arguments[0]!;
            var found = Enumerable.Range(0, index).LastOrDefault(
                i => promotion.Steps[i].As == alias || (step.Task is { } task && promotion.Steps[i].As == $"{task}::{alias}"), -1);
            return found < 0 ? "" : promotion.StepStates[found].Phase.ToString();
        });
    }

    private static IEnumerable<ExpressionFunction> FreightFunctions(Promotion promotion, PromotionFacts facts)
    {
        yield return new("warehouse", 1, 1, arguments => Origin((string)arguments[0]!));
        yield return new("commitFrom", 1, 2, arguments => CommitFrom(promotion, (string)arguments[0]!, WarehouseName(arguments)));
        yield return new("imageFrom", 1, 2, _ => throw OnlyCommits("images"));
        yield return new("chartFrom", 1, 3, _ => throw OnlyCommits("charts"));
        yield return new("freightMetadata", 0, 2, arguments => FreightMetadata(promotion, facts, arguments));
        yield return new("stageMetadata", 1, 1, arguments => Metadata(facts.StageMetadata, promotion.Stage, promotion.Stage, arguments, "stageMetadata"));
    }

    private static ExpressionRecord Origin(string warehouse) =>
        new("origin", [KeyValuePair.Create<string, object?>("Kind", "Warehouse"), KeyValuePair.Create<string, object?>("Name", warehouse)]);

    private static string? WarehouseName(IReadOnlyList<object?> arguments) =>
        arguments.Count < 2 ? null : (string?)((IReadOnlyDictionary<string, object?>)arguments[1]!)["Name"];

    private static ExpressionRecord CommitFrom(Promotion promotion, string repoUrl, string? warehouse)
    {
        var commits = promotion.Collection.Values
            .Where(f => warehouse is null || f.Warehouse == warehouse)
            .SelectMany(f => f.Commits)
            .Where(c => GitUrl.SameRepository(c.RepoUrl, repoUrl))
            .DistinctBy(c => c.Id)
            .ToList();
        return commits switch
        {
            [var commit] => Describe(commit),
            [] => throw new ExpressionFunctionException($"the freight of this promotion has no commit of {repoUrl}."),
            _ => throw new ExpressionFunctionException($"several warehouses bring commits of {repoUrl}; say which with warehouse(\"…\") as the second argument."),
        };
    }

    private static ExpressionRecord Describe(GitCommit commit) => new("commit",
    [
        KeyValuePair.Create<string, object?>("RepoURL", commit.RepoUrl),
        KeyValuePair.Create<string, object?>("ID", commit.Id),
        KeyValuePair.Create<string, object?>("Branch", commit.Branch ?? ""),
        KeyValuePair.Create<string, object?>("Tag", commit.Tag ?? ""),
        KeyValuePair.Create<string, object?>("Subject", commit.Subject),
        KeyValuePair.Create<string, object?>("Message", commit.Subject),
        KeyValuePair.Create<string, object?>("Author", commit.Author),
        KeyValuePair.Create<string, object?>("Committer", commit.Committer),
        KeyValuePair.Create<string, object?>("CreatorDate", commit.CommittedAt),
    ]);

    private static ExpressionFunctionException OnlyCommits(string artifacts) => new(
        $"freight here holds Git commits, no {artifacts}. Name what you deploy in the repository or by a tag of it (commitFrom(…).Tag), or in a variable.");

    private static object? FreightMetadata(Promotion promotion, PromotionFacts facts, IReadOnlyList<object?> arguments)
    {
        var metadata = Metadata(facts.FreightMetadata, promotion.Freight.Id, promotion.Freight.Alias, arguments, "freightMetadata");
        return arguments.Count < 2 ? metadata : metadata.GetValueOrDefault(arguments.StringAt(1));
    }

    private static Dictionary<string, object?> Metadata(
        IReadOnlyDictionary<string, JsonNode?> metadata, string name, string alias, IReadOnlyList<object?> arguments, string function)
    {
        if (arguments is [string asked, ..] && asked != name && asked != alias)
        {
            throw new ExpressionFunctionException($"{function} knows only {alias} in this promotion, not {asked}.");
        }

        return metadata.ToDictionary(m => m.Key, m => m.Value is null ? null : ExpressionValue.FromJson(m.Value));
    }
}

/// <summary>What expressions may ask about that the promotion's record does not hold; read only when they do.</summary>
public sealed record PromotionFacts(
    IReadOnlyDictionary<string, JsonNode?> FreightMetadata, IReadOnlyDictionary<string, JsonNode?> StageMetadata)
{
    public static PromotionFacts None { get; } = new(new Dictionary<string, JsonNode?>(), new Dictionary<string, JsonNode?>());

    /// <summary>Secrets and config maps; without it expressions have no functions that ask for them.</summary>
    public Lookups? Lookups { get; init; }
}
