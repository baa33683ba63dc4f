using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.GitOps;

/// <summary>A pipeline that deploys by committing Stack manifests: what it is made of, and how it goes.</summary>
internal sealed record GitOpsPipeline
{
    public required string Project { get; init; }

    /// <summary>The program's repository, <c>owner/name</c>.</summary>
    public required string Program { get; init; }

    /// <summary>The repository of the Stacks' manifests.</summary>
    public required string Manifests { get; init; }

    /// <summary>Waybill's manifests: file name and text.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>The Stacks' manifests: file name without ending, and text.</summary>
    public required IReadOnlyDictionary<string, string> Stacks { get; init; }

    /// <summary>The secret with Pulumi Cloud's token, as the settings name it.</summary>
    public required string TokenSetting { get; init; }

    /// <summary>The stages that people promote to, in turn; those of one turn open the same way.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Gates { get; init; }

    /// <summary>After each turn of gates, the stages that freight reaches by itself: a preview, and the update that follows it.</summary>
    public required IReadOnlyList<IReadOnlyList<(string Preview, string Update)>> Deployments { get; init; }

    public IEnumerable<string> DeployedStages => Deployments.SelectMany(turn => turn).SelectMany(d => new[] { d.Preview, d.Update });

    /// <summary>The article's own files, unedited, with the Warehouse and Project that its author made by hand; null where they are not there.</summary>
    public static GitOpsPipeline? TryReadArticle() => SharedFolder.TryFind("article", "kargo") is { } kargo && SharedFolder.TryFind("article", "stacks") is { } stacks
        ? new GitOpsPipeline
        {
            Project = "kargo-managed-stack",
            Program = "lichtie/security-scanner",
            Manifests = "lichtie/kargo-manifests",
            Files = new Dictionary<string, string>(ReadFolder(kargo)) { ["made-by-hand.yaml"] = MadeByHand },
            Stacks = ReadFolder(stacks).ToDictionary(f => Path.GetFileNameWithoutExtension(f.Key), f => f.Value),
            TokenSetting = "Secrets:kargo-managed-stack:pulumisecret:PULUMI_ACCESS_TOKEN",
            Gates = [["approvalgatedev"], ["approvalgateqa", "approvalgateqasec"]],
            Deployments = [[("devpreview", "dev"), ("dev2preview", "dev2")], [("qapreview", "qa")]],
        }
        : null;

    /// <summary>The project's own pipeline of the same shape.</summary>
    public static GitOpsPipeline Own() => new()
    {
        Project = "hello-gitops",
        Program = "waybill-demo/program",
        Manifests = "waybill-demo/manifests",
        Files = new Dictionary<string, string> { ["pipeline.yaml"] = File.ReadAllText(RepositoryRoot.Combine("docs", "gitops", "pipeline.yaml")) },
        Stacks = new[] { ("preview-dev", "dev"), ("preview-dev2", "dev2"), ("dev", "dev"), ("dev2", "dev2"), ("preview-qa", "qa"), ("qa", "qa") }
            .ToDictionary(s => s.Item1, s => Stack(s.Item1, s.Item2)),
        TokenSetting = "Secrets:hello-gitops:pulumi:token",
        Gates = [["gate-dev"], ["gate-qa", "gate-qa-security"]],
        Deployments = [[("preview-dev", "dev"), ("preview-dev2", "dev2")], [("preview-qa", "qa")]],
    };

    private const string MadeByHand = """
        apiVersion: kargo.akuity.io/v1alpha1
        kind: Project
        metadata:
          name: kargo-managed-stack
        ---
        apiVersion: kargo.akuity.io/v1alpha1
        kind: Warehouse
        metadata:
          name: security-scan-repo
          namespace: kargo-managed-stack
        spec:
          subscriptions:
            - git:
                repoURL: https://github.com/lichtie/security-scanner
                branch: main
        """;

    private static Dictionary<string, string> ReadFolder(string folder) =>
        Directory.GetFiles(folder, "*.yaml").ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

    private static string Stack(string name, string pulumiStack) => $"""
        # {name}: edited by promotions, all but this comment.
        apiVersion: pulumi.com/v1
        kind: Stack
        metadata:
          name: hello-{name}
          namespace: default
        spec:
          stack: acme/hello/{pulumiStack}
          projectRepo: https://github.com/waybill-demo/program
          repoDir: .
        {(name.StartsWith("preview", StringComparison.Ordinal) ? "  preview: true\n" : "")}  commit: 83a110c39915d109a0d3f7612ec2390cbc9a156a   # promoted

        """;
}
