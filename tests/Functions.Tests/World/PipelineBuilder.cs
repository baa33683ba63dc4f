using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;

namespace Waybill.Functions.Tests.World;

/// <summary>Small pipelines: one project, one warehouse, and the stages that a test asks for.</summary>
internal static class PipelineBuilder
{
    public const string Project = "shop";
    public const string Warehouse = "main";
    public const string Repository = "https://github.com/acme/shop.git";

    public static Pipeline Of(params Stage[] stages) => new()
    {
        Project = Project,
        Warehouses = [new Warehouse { Name = Warehouse, Subscriptions = [new GitSubscription { RepoUrl = Repository }] }],
        Stages = stages,
    };

    public static Stage Stage(string name, params PromotionStep[] steps) => new()
    {
        Name = name,
        RequestedFreight = [new FreightRequest(Warehouse, new FreightSources { Direct = true })],
        Steps = steps,
    };

    public static Stage After(this Stage stage, string upstream, TimeSpan? soak = null) => stage with
    {
        RequestedFreight = [new FreightRequest(Warehouse, new FreightSources { Stages = [upstream], RequiredSoakTime = soak ?? TimeSpan.Zero })],
    };

    public static Stage Automatic(this Stage stage) => stage with { AutoPromotionEnabled = true };

    public static PromotionStep Compose(string alias = "note") =>
        new() { Uses = "compose-output", As = alias, Config = new JsonObject { ["done"] = true } };

    public static PromotionStep Approval(string timeout = "24h", string onTimeout = "fail", int minApprovals = 1) => new()
    {
        Uses = "wait-for-approval",
        As = "approve",
        Config = new JsonObject
        {
            ["timeout"] = timeout,
            ["onTimeout"] = onTimeout,
            ["minApprovals"] = minApprovals,
            ["approvers"] = new JsonArray(
                new JsonObject { ["claim"] = "email", ["value"] = "ada@example.com" },
                new JsonObject { ["claim"] = "email", ["value"] = "bob@example.com" }),
        },
    };

    /// <summary>A step that a <see cref="ScriptedStep"/> carries out.</summary>
    public static PromotionStep Scripted(string alias = "scripted", int errorThreshold = 1) =>
        new() { Uses = ScriptedStep.Name, As = alias, Retry = new RetryPolicy(TimeSpan.FromHours(8), errorThreshold) };
}
