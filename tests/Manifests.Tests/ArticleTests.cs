using Waybill.Domain.Analysis;
using Waybill.Manifests.Steps;

namespace Waybill.Manifests.Tests;

/// <summary>The manifests of Pulumi's article on PKO and Kargo, which Waybill should read or say exactly why not.</summary>
public sealed class ArticleTests
{
    private const string NoWorkTree =
        "is not supported: Waybill needs no work tree: use pulumi-stack-update, which sets the Stack's commit in the cluster and waits for the outcome";

    private static readonly string? Folder = Repository.Beside("shared/article/kargo");

    [SkippableFact]
    public void The_articles_manifests_yield_only_what_Waybill_does_otherwise()
    {
        Skip.If(Folder is null, "The article's manifests (shared/article/kargo) are not beside the repository.");

        var messages = ManifestLoader.Load(Folder!).Errors.Select(e => e.Message).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            new[]
            {
                "there is no Project kargo-managed-stack (12 documents are in that namespace): add a document of apiVersion kargo.akuity.io/v1alpha1, kind Project, name kargo-managed-stack",
                "there is no Warehouse security-scan-repo in project kargo-managed-stack",
            }.Order(StringComparer.Ordinal),
            messages);
    }

    /// <summary>With a project and a warehouse, which the author made in a UI, and steps whose configuration is anything.</summary>
    [SkippableFact]
    public void The_articles_manifests_verify_with_its_templates()
    {
        Skip.If(Folder is null, "The article's manifests (shared/article/kargo) are not beside the repository.");
        var files = Directory.EnumerateFiles(Folder!).Select(f => ManifestFile.FromText(Path.GetFileName(f), System.IO.File.ReadAllText(f)));
        var missing = ManifestFile.FromText("ui.yaml", """
            apiVersion: kargo.akuity.io/v1alpha1
            kind: Project
            metadata: {name: kargo-managed-stack}
            ---
            apiVersion: kargo.akuity.io/v1alpha1
            kind: Warehouse
            metadata: {name: security-scan-repo, namespace: kargo-managed-stack}
            spec:
              subscriptions:
                - git: {repoURL: https://github.com/lichtie/security-scanner, branch: main}
            """);
        string[] uses = ["git-clone", "yaml-update", "git-commit", "git-push"];
        var steps = uses.ToDictionary(u => u, u => new StepSchema(u, new ObjectShape { IsOpen = true }));

        var result = ManifestLoader.Parse([.. files, missing], steps);

        Assert.Empty(result.Errors);
        var stage = Assert.Single(result.Pipelines).FindStage("dev")!;
        var metric = Assert.Single(stage.Analysis!.Metrics);
        Assert.Equal((TimeSpan.FromMinutes(5), "{$}"), (metric.InitialDelay, ((WebMetric)metric.Provider).JsonPath));
        Assert.Equal(["commit-id", "stackName", "pulumi-token"], stage.Analysis.Arguments.Select(a => a.Name));
        Assert.Equal(new SecretKeyReference("pulumisecret", "PULUMI_ACCESS_TOKEN"), stage.Analysis.Arguments[2].Secret);
        Assert.Null(Assert.Single(result.Pipelines).FindStage("approvalgatedev")!.Analysis);
    }

    [SkippableFact]
    public void The_articles_credentials_are_a_notice()
    {
        Skip.If(Folder is null, "The article's manifests (shared/article/kargo) are not beside the repository.");

        var notice = Assert.Single(ManifestLoader.Load(Folder!).Notices);

        Assert.Equal("01-github-credentials.yaml", notice.File);
        Assert.DoesNotContain("GITHUB_TOKEN", notice.Message, StringComparison.Ordinal);
    }
}
