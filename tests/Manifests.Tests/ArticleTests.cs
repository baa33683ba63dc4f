namespace Waybill.Manifests.Tests;

/// <summary>The manifests of Pulumi's article on PKO and Kargo, which Waybill should read or say exactly why not.</summary>
public sealed class ArticleTests
{
    private const string NoWorkTree =
        "is not supported: Waybill needs no work tree: use pulumi-stack-update, which sets the Stack's commit in the cluster and waits for the outcome";

    private const string NoAnalysis =
        "this version of Waybill cannot verify with AnalysisTemplates: freight is verified when the stage's Stacks are healthy";

    private static readonly string? Folder = Repository.Beside("shared/article/kargo");

    [SkippableFact]
    public void The_articles_manifests_yield_only_what_Waybill_does_otherwise()
    {
        Skip.If(Folder is null, "The article's manifests (shared/article/kargo) are not beside the repository.");

        var messages = ManifestLoader.Load(Folder!).Errors.Select(e => e.Message).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            new[]
            {
                "there is no Project kargo-managed-stack (10 documents are in that namespace): add a document of apiVersion kargo.akuity.io/v1alpha1, kind Project, name kargo-managed-stack",
                "there is no Warehouse security-scan-repo in project kargo-managed-stack",
                $"kind AnalysisTemplate is not supported: {NoAnalysis}",
                $"not supported: {NoAnalysis}; remove the field",
                $"step yaml-update {NoWorkTree}",
            }.Order(StringComparer.Ordinal),
            messages);
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
