namespace Waybill.Manifests.Steps;

/// <summary>Steps that Kargo has and Waybill does not, and what takes their place.</summary>
internal static class KargoSteps
{
    private const string NoProcess = "its tool can't run where Waybill runs";

    private static readonly Dictionary<string, string> Alternatives = ByStep(
        ($"{NoProcess}: have the repository's CI render the chart, or let Argo CD render it, and set its values with yaml-update",
            ["helm-template"]),
        ("set the version in Chart.yaml with yaml-update (dependencies.0.version), and let Argo CD or CI fetch the dependencies", ["helm-update-chart"]),
        ($"{NoProcess}: have the repository's CI build it, or let Argo CD build it", ["kustomize-build"]),
        ("set the tag in kustomization.yaml with yaml-update (images.0.newTag)", ["kustomize-set-image"]),
        ("Waybill moves Git commits, no artifacts of registries: keep what you deploy in Git, or push it in CI", ["oci-download", "oci-push"]),
        ("Waybill's files are those of Git repositories, text and one by one: have CI pack and unpack archives", ["tar", "untar"]),
        ("read the answer with http and write it with file-write, or have CI fetch the file", ["http-download"]),
        ("use pulumi-stack-update, which has the Pulumi Kubernetes Operator run the program", ["tf-apply", "tf-plan"]),
        ("read what the program gave with http, or commit it to a file that yaml-parse or json-parse can read", ["tf-output"]),
        ("Waybill edits YAML, JSON and TOML: keep the value in such a file and let the program read it (json-update)", ["hcl-update"]),
        ("use git-push, whose commits GitHub signs where Waybill is a GitHub App", ["github-push"]),
        ("use wait-for-approval, or leave auto-promotion off for the stage", ["get-user-input"]),
        ("use http, which can call that service's API",
        [
            "gh-create-issue", "gh-issue-add-comment", "gh-issue-delete-comment", "gh-issue-update-comment", "gh-search-issues", "gh-update-issue",
            "gh-wait-for-issue-state", "gha-dispatch-workflow", "gha-wait-for-workflow", "jfrog-evidence", "jira", "send-message", "snow-create",
            "snow-delete", "snow-query-for-records", "snow-update", "snow-wait-for-condition",
        ]),
        ("Waybill audits every change by itself: remove the step", ["record-audit-event"]),
        ("Waybill gives aliases itself: attach a name with set-metadata", ["set-freight-alias"]));

    /// <summary>What to do instead; null when Kargo has no such step either.</summary>
    public static string? InsteadOf(string uses) => Alternatives.GetValueOrDefault(uses);

    private static Dictionary<string, string> ByStep(params (string Instead, string[] Steps)[] groups) =>
        groups.SelectMany(g => g.Steps, (g, step) => (step, g.Instead)).ToDictionary(StringComparer.Ordinal);
}
