namespace Waybill.Manifests.Documents;

/// <summary>The kinds of documents that Waybill reads, and those of which it says why it does not.</summary>
internal static class Kinds
{
    public const string KargoApiVersion = "kargo.akuity.io/v1alpha1";
    public const string Project = "Project";
    public const string ProjectConfig = "ProjectConfig";
    public const string Warehouse = "Warehouse";
    public const string Stage = "Stage";
    public const string PromotionTask = "PromotionTask";
    public const string Secret = "Secret";
    public const string ConfigMap = "ConfigMap";
    public const string Namespace = "Namespace";
    public const string ArgoApiVersion = "argoproj.io/v1alpha1";
    public const string AnalysisTemplate = "AnalysisTemplate";
    public const string ClusterAnalysisTemplate = "ClusterAnalysisTemplate";

    private const string State = "Waybill makes these itself; remove the document";
    private const string Access = "who may do what is set in Waybill's settings; remove the document";
    public static IReadOnlyList<string> Kargo { get; } = [Project, ProjectConfig, Warehouse, Stage, PromotionTask];

    /// <summary>Argo Rollouts' kinds that say how to verify.</summary>
    public static IReadOnlyList<string> Analysis { get; } = [AnalysisTemplate, ClusterAnalysisTemplate];

    /// <summary>Kinds that Kargo's users have in their folders, and what to do with them.</summary>
    public static IReadOnlyDictionary<string, string> Unsupported { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ClusterPromotionTask"] = "write it as a PromotionTask in each project that uses it",
        ["ClusterConfig"] = "what it configures is in Waybill's settings; remove the document",
        ["AnalysisRun"] = State,
        ["Freight"] = State,
        ["Promotion"] = State,
        ["PromotionRequest"] = State,
        ["Target"] = "write a Stage for each destination, or list several stacks in one pulumi-stack-update step",
        ["EventRouter"] = "notifications are set in Waybill's settings; remove the document",
        ["MessageChannel"] = "notifications are set in Waybill's settings; remove the document",
        ["ServiceAccount"] = Access,
        ["Role"] = Access,
        ["RoleBinding"] = Access,
        ["ClusterRole"] = Access,
        ["ClusterRoleBinding"] = Access,
        ["List"] = "write its items as documents of their own, with --- between them",
        ["Stack"] = "Stacks live in the cluster; keep their manifests in another folder",
        ["Application"] = "Argo CD's applications live in the cluster; keep their manifests in another folder",
        ["Kustomization"] = "Waybill reads plain manifests: load the output of kustomize build instead",
    };
}
