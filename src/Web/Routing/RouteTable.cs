using Microsoft.AspNetCore.Http;
using Waybill.Web.Api;
using Waybill.Web.Assets;
using Waybill.Web.Demo;
using Waybill.Web.Pages;
using Waybill.Web.Webhooks;

namespace Waybill.Web.Routing;

/// <summary>Everything that can be asked over HTTP, once, for both heads.</summary>
public static class RouteTable
{
    private const RouteAccess Anybody = RouteAccess.Anonymous;
    private const RouteAccess Viewer = RouteAccess.Viewer;
    private const RouteAccess Promoter = RouteAccess.Promoter;
    private const string ApiProject = "/api/projects/{project}";
    private const string PageProject = "/projects/{project}";

    public static IReadOnlyList<WaybillRoute> All { get; } =
    [
        Api<HealthApi>("Healthz", "GET", "/healthz", Anybody, (h, c) => h.CheckAsync(c)),
        Api<GitHubWebhook>("GitHubWebhook", "POST", "/webhooks/github", Anybody, (h, c) => h.ReceiveAsync(c)),
        Api<PulumiWebhook>("PulumiWebhook", "POST", "/webhooks/pulumi", Anybody, (h, c) => h.ReceiveAsync(c)),

        Api<ProjectsApi>("ListProjects", "GET", "/api/projects", Viewer, (h, c) => h.ListAsync(c)),
        Api<FreightApi>("ListFreight", "GET", $"{ApiProject}/freight", Viewer, (h, c) => h.ListAsync(c, c["project"])),
        Api<FreightApi>("GetFreight", "GET", $"{ApiProject}/freight/{{id}}", Viewer, (h, c) => h.GetAsync(c, c["project"], c["id"])),
        Api<FreightApi>("ApproveFreight", "POST", $"{ApiProject}/freight/{{id}}/approvals", Promoter, (h, c) => h.ApproveAsync(c, c["project"], c["id"])),
        Api<WarehousesApi>("GetWarehouse", "GET", $"{ApiProject}/warehouses/{{warehouse}}", Viewer, (h, c) => h.GetAsync(c, c["project"], c["warehouse"])),
        Api<WarehousesApi>("AssembleFreight", "POST", $"{ApiProject}/warehouses/{{warehouse}}/freight", Promoter, (h, c) => h.AssembleAsync(c, c["project"], c["warehouse"])),
        Api<StagesApi>("ListStages", "GET", $"{ApiProject}/stages", Viewer, (h, c) => h.ListAsync(c, c["project"])),
        Api<StagesApi>("GetStage", "GET", $"{ApiProject}/stages/{{stage}}", Viewer, (h, c) => h.GetAsync(c, c["project"], c["stage"])),
        Api<PromotionsApi>("Promote", "POST", $"{ApiProject}/stages/{{stage}}/promotions", Promoter, (h, c) => h.PromoteAsync(c, c["project"], c["stage"])),
        Api<VerificationApi>("Reverify", "POST", $"{ApiProject}/stages/{{stage}}/verification", Promoter, (h, c) => h.ReverifyAsync(c, c["project"], c["stage"])),
        Api<VerificationApi>("AbortVerification", "POST", $"{ApiProject}/stages/{{stage}}/verification/abort", Promoter, (h, c) => h.AbortAsync(c, c["project"], c["stage"])),
        Api<PromotionsApi>("ListPromotions", "GET", $"{ApiProject}/promotions", Viewer, (h, c) => h.ListAsync(c, c["project"])),
        Api<PromotionsApi>("GetPromotion", "GET", $"{ApiProject}/promotions/{{name}}", Viewer, (h, c) => h.GetAsync(c, c["project"], c["name"])),
        Api<PromotionsApi>("AbortPromotion", "POST", $"{ApiProject}/promotions/{{name}}/abort", Promoter, (h, c) => h.AbortAsync(c, c["project"], c["name"])),
        Api<PromotionsApi>("RetryPromotion", "POST", $"{ApiProject}/promotions/{{name}}/retry", Promoter, (h, c) => h.RetryAsync(c, c["project"], c["name"])),
        Api<AuditApi>("ListAudit", "GET", $"{ApiProject}/audit", Viewer, (h, c) => h.ListAsync(c, c["project"])),

        Page<ApprovalPages>("ShowApproval", "GET", "/approvals/{token}", Anybody, (h, c) => h.ShowAsync(c, c["token"])),
        Page<ApprovalPages>("DecideApproval", "POST", "/approvals/{token}", Anybody, (h, c) => h.DecideAsync(c, c["token"])),

        Page<DashboardPages>("HomePage", "GET", "/", Viewer, (h, c) => h.HomeAsync(c)),
        Page<DashboardPages>("ProjectPage", "GET", PageProject, Viewer, (h, c) => h.ProjectAsync(c, c["project"])),
        Page<DashboardPages>("StagePage", "GET", $"{PageProject}/stages/{{stage}}", Viewer, (h, c) => h.StageAsync(c, c["project"], c["stage"])),
        Page<DashboardPages>("FreightPage", "GET", $"{PageProject}/freight/{{id}}", Viewer, (h, c) => h.FreightAsync(c, c["project"], c["id"])),
        Page<DashboardPages>("PromotionPage", "GET", $"{PageProject}/promotions/{{name}}", Viewer, (h, c) => h.PromotionAsync(c, c["project"], c["name"])),
        Page<DashboardPages>("AuditPage", "GET", $"{PageProject}/audit", Viewer, (h, c) => h.AuditAsync(c, c["project"])),
        Page<DashboardForms>("PromoteForm", "POST", $"{PageProject}/stages/{{stage}}/promotions", Promoter, (h, c) => h.PromoteAsync(c, c["project"], c["stage"])),
        Page<DashboardForms>("ApproveFreightForm", "POST", $"{PageProject}/freight/{{id}}/approvals", Promoter, (h, c) => h.ApproveAsync(c, c["project"], c["id"])),
        Page<WarehousePages>("WarehousePage", "GET", $"{PageProject}/warehouses/{{warehouse}}", Viewer, (h, c) => h.ShowAsync(c, c["project"], c["warehouse"])),
        Page<WarehousePages>("AssembleFreightForm", "POST", $"{PageProject}/warehouses/{{warehouse}}/freight", Promoter, (h, c) => h.AssembleAsync(c, c["project"], c["warehouse"])),
        Page<DashboardForms>("AbortForm", "POST", $"{PageProject}/promotions/{{name}}/abort", Promoter, (h, c) => h.AbortAsync(c, c["project"], c["name"])),
        Page<DashboardForms>("RetryForm", "POST", $"{PageProject}/promotions/{{name}}/retry", Promoter, (h, c) => h.RetryAsync(c, c["project"], c["name"])),
        Page<VerificationForms>("ReverifyForm", "POST", $"{PageProject}/stages/{{stage}}/verification", Promoter, (h, c) => h.ReverifyAsync(c, c["project"], c["stage"])),
        Page<VerificationForms>("AbortVerificationForm", "POST", $"{PageProject}/stages/{{stage}}/verification/abort", Promoter, (h, c) => h.AbortAsync(c, c["project"], c["stage"])),
        Page<AssetFiles>("Asset", "GET", "/assets/{file}", Anybody, (h, c) => h.GetAsync(c, c["file"])),
    ];

    /// <summary>What only a head with a simulated world binds.</summary>
    public static IReadOnlyList<WaybillRoute> Demo { get; } =
    [
        Page<DemoForms>("DemoPush", "POST", "/demo/push", Promoter, (h, c) => h.PushAsync(c)),
    ];

    private static readonly Dictionary<string, WaybillRoute> ByName = All.Concat(Demo).ToDictionary(r => r.Name);

    public static WaybillRoute Named(string name) =>
        ByName.TryGetValue(name, out var route) ? route : throw new ArgumentException($"There is no route {name}.", nameof(name));

    private static WaybillRoute Api<T>(string name, string method, string pattern, RouteAccess access, Func<T, RouteCall, Task<IResult>> handle)
        where T : notnull => new(name, method, pattern, access, AnswerKind.Api, c => handle(c.Handler<T>(), c));

    private static WaybillRoute Page<T>(string name, string method, string pattern, RouteAccess access, Func<T, RouteCall, Task<IResult>> handle)
        where T : notnull => new(name, method, pattern, access, AnswerKind.Page, c => handle(c.Handler<T>(), c));
}
