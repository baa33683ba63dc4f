using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Waybill.Expressions;

namespace Waybill.Benchmarks;

/// <summary>A promotion's worth of expressions: compiled once, as they are; compiled each time; and what they say, written in C#.</summary>
[MemoryDiagnoser]
[InProcess]
[SimpleJob(RunStrategy.Throughput)]
public class ExpressionBenchmarks
{
    /// <summary>As many as a promotion of ten steps evaluates.</summary>
    public const int Expressions = 100;

    private static readonly string[] Templates =
    [
        "${{ ctx.stage }}",
        "stacks/${{ ctx.stage }}.yaml",
        "${{ vars.commit[:7] }}",
        "Promote ${{ ctx.alias }} to ${{ ctx.stage | upper() }}",
        "${{ outputs?.commit?.count ?? -1 }}",
        "${{ len(filter(vars.regions, # startsWith 'eu-')) > 1 ? 'many' : 'one' }}",
        "${{ vars.regions | map(# + '/' + ctx.stage) | join(',') }}",
        "${{ quote(len(ctx.alias) + 1) }}",
        "${{ vars.commit matches '^[0-9a-f]{40}$' && ctx.stage != 'prod' }}",
        "${{ {'stage': ctx.stage, 'short': vars.commit[:7]} }}",
    ];

    private readonly Dictionary<string, object?> _context = new() { ["stage"] = "dev", ["alias"] = "brave-otter" };

    private readonly Dictionary<string, object?> _vars = new()
    {
        ["commit"] = new string('c', 40),
        ["regions"] = new List<object?> { "eu-west-1", "eu-north-1", "us-east-1" },
    };

    private readonly ExpressionCache _cache = new();
    private readonly EvaluationOptions _options = new() { Now = DateTimeOffset.UnixEpoch };

    private readonly ExpressionScope _scope;

    public ExpressionBenchmarks() => _scope = new ExpressionScope.Builder()
        .Variable("ctx", _context)
        .Variable("vars", _vars)
        .Variable("outputs", new Dictionary<string, object?>())
        .Functions(KargoFunctions.All)
        .Build();

    [Benchmark(Baseline = true)]
    public int InCSharp()
    {
        var length = 0;
        for (var i = 0; i < Expressions / Templates.Length; i++)
        {
            length += SayInCSharp((string)_context["stage"]!, (string)_context["alias"]!, (string)_vars["commit"]!, (List<object?>)_vars["regions"]!);
        }

        return length;
    }

    [Benchmark]
    public int Warm() => Evaluate(_cache);

    [Benchmark]
    public int CompiledEachTime() => Evaluate(new ExpressionCache());

    private int Evaluate(ExpressionCache cache)
    {
        var values = 0;
        for (var i = 0; i < Expressions / Templates.Length; i++)
        {
            foreach (var template in Templates)
            {
                values += cache.Template(template).Evaluate(_scope, _options) is null ? 0 : 1;
            }
        }

        return values;
    }

    private static int SayInCSharp(string stage, string alias, string commit, List<object?> regions)
    {
        var european = regions.Count(r => ((string)r!).StartsWith("eu-", StringComparison.Ordinal));
        string[] said =
        [
            stage,
            $"stacks/{stage}.yaml",
            commit[..7],
            $"Promote {alias} to {stage.ToUpperInvariant()}",
            "-1",
            european > 1 ? "many" : "one",
            string.Join(',', regions.Select(r => $"{r}/{stage}")),
            $"\"{alias.Length + 1}\"",
            commit.Length == 40 && commit.All(char.IsAsciiHexDigitLower) && stage != "prod" ? "true" : "false",
            new Dictionary<string, object?> { ["stage"] = stage, ["short"] = commit[..7] }.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        return said.Sum(s => s.Length);
    }
}
