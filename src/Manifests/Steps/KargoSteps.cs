namespace Waybill.Manifests.Steps;

/// <summary>Steps that Kargo has and Waybill does not, and what takes their place.</summary>
internal static class KargoSteps
{
    private const string NoWorkTree =
        "Waybill needs no work tree: use pulumi-stack-update, which sets the Stack's commit in the cluster and waits for the outcome";

    private static readonly Dictionary<string, string> Alternatives = ByStep(
        (NoWorkTree,
        [
            "copy", "delete", "file-write", "git-clear", "git-clone", "git-commit", "git-push", "git-tag",
            "github-push", "hcl-update", "helm-template", "helm-update-chart", "http-download", "json-parse", "json-update",
            "kustomize-build", "kustomize-set-image", "oci-download", "oci-push", "tar", "tf-apply", "tf-output", "tf-plan",
            "toml-parse", "toml-update", "untar", "yaml-merge", "yaml-parse", "yaml-update",
        ]),
        ("use wait-for-approval, or leave auto-promotion off for the stage",
            ["get-user-input", "git-merge-pr", "git-open-pr", "git-wait-for-pr"]),
        ("use http", ["gh-create-issue", "gh-issue-add-comment", "gha-dispatch-workflow", "gha-wait-for-workflow", "jira", "send-message"]),
        ("Waybill audits every change by itself: remove the step", ["record-audit-event"]),
        ("Waybill gives aliases itself: attach a name with set-metadata", ["set-freight-alias"]));

    /// <summary>What to do instead; null when Kargo has no such step either.</summary>
    public static string? InsteadOf(string uses) => Alternatives.GetValueOrDefault(uses);

    private static Dictionary<string, string> ByStep(params (string Instead, string[] Steps)[] groups) =>
        groups.SelectMany(g => g.Steps, (g, step) => (step, g.Instead)).ToDictionary(StringComparer.Ordinal);
}
