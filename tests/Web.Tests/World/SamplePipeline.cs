using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;

namespace Waybill.Web.Tests.World;

/// <summary>dev -> staging -> prod, prod after an approval; and beside them canary, whose only step fails.</summary>
internal static class SamplePipeline
{
    public const string Project = "shop";
    public const string Warehouse = "app";
    public const string Repository = "https://github.com/example/shop.git";

    public static Pipeline Create(string project = Project) => new()
    {
        Project = project,
        Warehouses =
        [
            new Warehouse { Name = Warehouse, Subscriptions = [new GitSubscription { RepoUrl = Repository, Branch = "main" }] },
            new Warehouse { Name = "infra", Subscriptions = [new GitSubscription { RepoUrl = "https://github.com/example/infra", Branch = "main" }] },
        ],
        Stages =
        [
            Stage("dev", "green", Direct(), Output()) with { AutoPromotionEnabled = true },
            Stage("canary", "amber", Direct(), Step("fail", "break", new JsonObject { ["message"] = "pulumi up exited with 255" })),
            Stage("staging", "sky", From("dev"), Output()) with { AutoPromotionEnabled = true },
            Stage("prod", "#c2410c", From("staging"), Approval(), Output()),
        ],
    };

    private static Stage Stage(string name, string color, FreightSources sources, params PromotionStep[] steps) => new()
    {
        Name = name,
        Annotations = new Dictionary<string, string> { ["kargo.akuity.io/color"] = color },
        RequestedFreight = [new FreightRequest(Warehouse, sources)],
        Steps = steps,
    };

    private static FreightSources Direct() => new() { Direct = true };

    private static FreightSources From(string stage) => new() { Stages = [stage] };

    private static PromotionStep Output() => Step("compose-output", "summary", new JsonObject { ["note"] = "done <b>well</b>" });

    private static PromotionStep Approval() => Step("wait-for-approval", "ask", new JsonObject
    {
        ["timeout"] = "1h",
        ["minApprovals"] = 2,
        ["approvers"] = new JsonArray(
            new JsonObject { ["claim"] = "email", ["value"] = WebWorld.Ada },
            new JsonObject { ["claim"] = "email", ["value"] = WebWorld.Bob }),
    });

    private static PromotionStep Step(string uses, string alias, JsonObject config) => new() { Uses = uses, As = alias, Config = config };
}
