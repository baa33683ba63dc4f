namespace Waybill.Manifests.Tests;

public sealed class ArgoCdStepTests
{
    private const string At = "spec.promotionTemplate.spec.steps[0].config";

    public static TheoryData<string, string> BadSteps => new()
    {
        { "{uses: argocd-update}", $"{At}: apps is required" },
        { "{uses: argocd-update, config: {apps: []}}", $"{At}.apps: must have at least one item" },
        { "{uses: argocd-update, config: {apps: [{namespace: a}]}}", $"{At}.apps[0]: an Application is given by either name or selector" },
        { "{uses: argocd-update, config: {apps: [{name: a, selector: {matchLabels: {b: c}}}]}}", $"{At}.apps[0]: an Application is given by either name or selector" },
        { "{uses: argocd-update, config: {apps: [{selector: {}}]}}", $"{At}.apps[0].selector: must have at least one field" },
        { "{uses: argocd-update, config: {apps: [{selector: {matchExpressions: [{key: a, operator: Gt}]}}]}}", $"{At}.apps[0].selector.matchExpressions[0].operator: \"Gt\" is none of In, NotIn, Exists, DoesNotExist" },
        { "{uses: argocd-update, config: {apps: [{name: a, waitFor: [sync]}]}}", $"{At}.apps[0].waitFor: unknown field" },
        { "{uses: argocd-update, config: {apps: [{name: a, sources: []}]}}", $"{At}.apps[0].sources: must have at least one item" },
        { "{uses: argocd-update, config: {apps: [{name: a, sources: [{chart: b}]}]}}", $"{At}.apps[0].sources[0]: repoURL is required" },
        { "{uses: argocd-update, config: {apps: [{name: a, sources: [{repoURL: b, updateTargetRevision: true}]}]}}", $"{At}.apps[0].sources[0]: updateTargetRevision needs desiredRevision" },
        { "{uses: argocd-update, config: {apps: [{name: a, sources: [{repoURL: b, helm: {images: [{key: c}]}}]}]}}", $"{At}.apps[0].sources[0].helm.images[0]: value is required" },
        { "{uses: argocd-update, config: {apps: [{name: a, sources: [{repoURL: b, kustomize: {images: [{repoURL: c, tag: d, digest: e}]}}]}]}}", $"{At}.apps[0].sources[0].kustomize.images[0]: an image sets either digest or tag" },
        { "{uses: argocd-wait, config: {apps: [{name: a, waitFor: [luck]}]}}", $"{At}.apps[0].waitFor[0]: \"luck\" is none of health, sync, operation, suspended, degraded" },
        { "{uses: argocd-wait, config: {apps: [{name: a, sources: [{repoURL: b}]}]}}", $"{At}.apps[0].sources: unknown field" },
    };

    [Theory]
    [MemberData(nameof(BadSteps))]
    public void A_bad_step_is_told_so(string step, string expected) =>
        Assert.StartsWith(expected, Assert.Single(Yaml.Errors(Yaml.StageWithSteps($"- {step}"))), StringComparison.Ordinal);

    [Fact]
    public void Steps_written_for_Kargo_are_taken_as_they_are()
    {
        var pipeline = Yaml.Pipeline(Yaml.StageWithSteps("""
            - uses: argocd-update
              config:
                apps:
                - name: my-app
                  namespace: argocd
                  sources:
                  - repoURL: https://github.com/example/repo.git
                    desiredRevision: ${{ outputs.commit.commit }}
                    updateTargetRevision: true
                    kustomize: {images: [{repoURL: my/image, tag: "1.0"}]}
                - selector:
                    matchLabels: {team: platform}
                    matchExpressions: [{key: env, operator: In, values: [dev, test]}]
                  sources:
                  - repoURL: https://example.com/charts
                    chart: my-chart
                    desiredRevision: 1.2.3
                    helm: {images: [{key: image.tag, value: "1.0"}]}
            - uses: argocd-wait
              config: {apps: [{name: my-app, waitFor: [health, suspended, sync]}]}
            """));

        Assert.Equal(["argocd-update", "argocd-wait"], pipeline.Stages[0].Steps.Select(s => s.Uses));
    }
}
