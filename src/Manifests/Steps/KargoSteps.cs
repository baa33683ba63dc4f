namespace Waybill.Manifests.Steps;

/// <summary>Steps that Kargo has and Waybill does not, and what takes their place.</summary>
internal static class KargoSteps
{
    private const string NoWorkTree =
        "Waybill needs no work tree: use pulumi-stack-update, which sets the Stack's commit in the cluster and waits for the outcome";

    private static readonly Dictionary<string, string> Alternatives = ByStep(
        (NoWorkTree,
        [
            "argocd-update", "argocd-wait", "json-parse", "json-update", "toml-parse", "toml-update", "yaml-merge", "yaml-parse", "yaml-update",
        ]),
        ("its tool can't run in a function: have CI render the files and commit them, or Argo CD render what is committed",
        [
            "hcl-update", "helm-template", "helm-update-chart", "http-download", "kustomize-build", "kustomize-set-image", "oci-download",
            "oci-push", "tar", "untar", "tf-apply", "tf-output", "tf-plan",
        ]),
        ("use git-push, which pushes over GitHub's API: GitHub signs what its App commits", ["github-push"]),
        ("use wait-for-approval, or leave auto-promotion off for the stage", ["get-user-input"]),
        ("use http", ["gh-create-issue", "gh-issue-add-comment", "gha-dispatch-workflow", "gha-wait-for-workflow", "jira", "send-message"]),
        ("Waybill audits every change by itself: remove the step", ["record-audit-event"]),
        ("Waybill gives aliases itself: attach a name with set-metadata", ["set-freight-alias"]));

    /// <summary>What to do instead; null when Kargo has no such step either.</summary>
    public static string? InsteadOf(string uses) => Alternatives.GetValueOrDefault(uses);

    private static Dictionary<string, string> ByStep(params (string Instead, string[] Steps)[] groups) =>
        groups.SelectMany(g => g.Steps, (g, step) => (step, g.Instead)).ToDictionary(StringComparer.Ordinal);
}
