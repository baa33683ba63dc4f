using System.Text.Json.Nodes;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;

namespace Waybill.Engine.Tests.Builders;

/// <summary>Small values that tests start from.</summary>
internal static class A
{
    public const string Project = "shop";
    public const string Repo = "https://github.com/acme/app";

    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static FreightSources Direct => new() { Direct = true };

    public static FreightSources From(params string[] stages) => new() { Stages = stages };

    public static byte[] Key(byte seed) => [.. Enumerable.Repeat(seed, 32)];

    public static Freight Freight(string commit, string warehouse, DateTimeOffset discoveredAt)
    {
        GitCommit[] commits = [new GitCommit { RepoUrl = warehouse == "app" ? Repo : $"https://github.com/acme/{warehouse}", Id = commit, Subject = $"Change {commit[^2..]}" }];
        var id = FreightIdentity.Of(warehouse, commits);
        return new Freight { Id = id, Alias = $"brave-{warehouse}-{commit[^4..]}", Warehouse = warehouse, Commits = commits, DiscoveredAt = discoveredAt };
    }

    public static Stage Stage(string name, FreightSources sources, params PromotionStep[] steps) =>
        new() { Name = name, RequestedFreight = [new FreightRequest("app", sources)], Steps = steps };

    public static Stage Automatic(this Stage stage) => stage with { AutoPromotionEnabled = true };

    public static PromotionStep Step(string uses, string? config = null, string? named = null) =>
        new() { Uses = uses, As = named ?? uses, Config = config is null ? [] : JsonNode.Parse(config)!.AsObject() };

    /// <summary>Updates Stacks in namespace <c>apps</c> to the freight's commit.</summary>
    public static PromotionStep StackUpdate(params string[] stacks) => Update("", stacks);

    /// <summary>The same with more configuration, such as <c>"preview": true,</c>.</summary>
    public static PromotionStep Update(string more, params string[] stacks) => Step(
        "pulumi-stack-update",
        $$$"""
        { {{{more}}} "commit": "${{ commitFrom(\"{{{Repo}}}\").ID }}", "stacks": [{{{string.Join(',', stacks.Select(s => $$"""{"namespace":"apps","name":"{{s}}"}"""))}}}] }
        """);

    public static PromotionStep Approval(string config = "{}") => Step("wait-for-approval", config, "approve");
}
