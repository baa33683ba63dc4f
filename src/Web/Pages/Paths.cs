namespace Waybill.Web.Pages;

/// <summary>Where things are on the dashboard.</summary>
internal static class Paths
{
    public const string Home = "/";
    public const string DemoPush = "/demo/push";

    public static string Project(string project) => $"/projects/{Uri.EscapeDataString(project)}";

    public static string Stage(string project, string stage) => $"{Project(project)}/stages/{Uri.EscapeDataString(stage)}";

    public static string Promote(string project, string stage) => $"{Stage(project, stage)}/promotions";

    public static string Reverify(string project, string stage) => $"{Stage(project, stage)}/verification";

    public static string AbortVerification(string project, string stage) => $"{Reverify(project, stage)}/abort";

    public static string Freight(string project, string id) => $"{Project(project)}/freight/{Uri.EscapeDataString(id)}";

    public static string ApproveFreight(string project, string id) => $"{Freight(project, id)}/approvals";

    public static string Warehouse(string project, string warehouse) => $"{Project(project)}/warehouses/{Uri.EscapeDataString(warehouse)}";

    public static string Assemble(string project, string warehouse) => $"{Warehouse(project, warehouse)}/freight";

    public static string Promotion(string project, string name) => $"{Project(project)}/promotions/{Uri.EscapeDataString(name)}";

    public static string Abort(string project, string name) => $"{Promotion(project, name)}/abort";

    public static string Retry(string project, string name) => $"{Promotion(project, name)}/retry";

    public static string Audit(string project) => $"{Project(project)}/audit";
}
