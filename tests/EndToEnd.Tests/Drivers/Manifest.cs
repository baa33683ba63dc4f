namespace Waybill.EndToEnd.Tests.Drivers;

/// <summary>Manifests for tests: a project whose freight goes through the given stages.</summary>
internal static class Manifest
{
    public static string Pipeline(params string[] stages) => $"""
        apiVersion: kargo.akuity.io/v1alpha1
        kind: Project
        metadata: {"{"} name: {TestWorld.Project} {"}"}
        ---
        apiVersion: kargo.akuity.io/v1alpha1
        kind: ProjectConfig
        metadata: {"{"} name: {TestWorld.Project} {"}"}
        spec:
          promotionPolicies:
            - stageSelector: {"{"} name: "glob:auto-*" {"}"}
              autoPromotionEnabled: true
        ---
        apiVersion: kargo.akuity.io/v1alpha1
        kind: Warehouse
        metadata: {"{"} name: program {"}"}
        spec:
          subscriptions:
            - git: {"{"} repoURL: "{TestWorld.RepositoryUrl}", branch: main {"}"}
        ---
        {string.Join("\n---\n", stages)}
        """;

    /// <summary>A stage that updates one Stack. Stages named <c>auto-…</c> take freight by themselves.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stack">The Stack it updates.</param>
    /// <param name="from">The stage it takes freight from; null for the warehouse.</param>
    /// <param name="before">Steps before the update, indented by eight.</param>
    public static string Stage(string name, string stack, string? from = null, string before = "") => $"""
        apiVersion: kargo.akuity.io/v1alpha1
        kind: Stage
        metadata: {"{"} name: {name} {"}"}
        spec:
          requestedFreight:
            - origin: {"{"} kind: Warehouse, name: program {"}"}
              sources: {(from is null ? "{ direct: true }" : $"{{ stages: [{from}] }}")}
          promotionTemplate:
            spec:
              steps:
        {before}
                - uses: pulumi-stack-update
                  as: update
                  config:
                    commit: ${"{{"} commitFrom("{TestWorld.RepositoryUrl}").ID {"}}"}
                    timeout: 60s
                    stacks:
                      - {"{"} cluster: test, namespace: default, name: {stack} {"}"}
        """;

    public static string Approval(int people = 1, string timeout = "1h", string approvers = "[]", string onTimeout = "fail") => $"""
                - uses: wait-for-approval
                  as: approve
                  config:
                    minApprovals: {people}
                    timeout: {timeout}
                    onTimeout: {onTimeout}
                    approvers: {approvers}
        """;
}
