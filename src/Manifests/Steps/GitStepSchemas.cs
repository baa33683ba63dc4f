namespace Waybill.Manifests.Steps;

/// <summary>The steps that work on a repository's files, as manifests configure them: Kargo's fields.</summary>
internal static class GitStepSchemas
{
    private static readonly ConfigShape Verified = ConfigShape.NoEffect("has no effect: Waybill always verifies certificates");

    private static readonly ConfigShape Provider = ConfigShape.Only("github", "Waybill works on repositories of GitHub; others are for Kargo");

    private static readonly ObjectShape Author = new()
    {
        Fields = Fields(("name", ConfigShape.Text), ("email", ConfigShape.Text)),
        Required = ["name", "email"],
        Refused = new Dictionary<string, string>
        {
            ["signingKey"] = "Waybill holds no signing keys: leave out author, and GitHub signs what its App commits",
        },
    };

    public static IEnumerable<StepSchema> All { get; } =
    [
        GitClone(), GitClear(), GitCommit(), GitPush(), GitTag(), GitOpenPullRequest(), GitWaitForPullRequest(), GitMergePullRequest(),
        FileWrite(), Copy(), Delete(),
    ];

    private static StepSchema GitClone()
    {
        var checkout = new ObjectShape
        {
            Fields = Fields(
                ("path", ConfigShape.Text),
                ("as", ConfigShape.Text),
                ("branch", ConfigShape.Text),
                ("commit", ConfigShape.Text),
                ("tag", ConfigShape.Text),
                ("create", ConfigShape.Flag),
                ("sparse", ConfigShape.NoEffect("has no effect: Waybill reads only the files that steps ask for"))),
            Required = ["path"],
            Rule = OneRevision,
        };

        return new("git-clone", new ObjectShape
        {
            Fields = Fields(
                ("repoURL", ConfigShape.Text),
                ("checkout", ConfigShape.ListOf(checkout, mayBeEmpty: false)),
                ("author", Author),
                ("insecureSkipTLSVerify", Verified),
                ("blobless", ConfigShape.NoEffect("has no effect: Waybill asks GitHub's API and does not clone")),
                ("recurseSubmodules", ConfigShape.NoEffect("has no effect: Waybill leaves submodules as they are and reads no files in them"))),
            Required = ["repoURL", "checkout"],
        });
    }

    private static string? OneRevision(IReadOnlySet<string> set) => new[] { "branch", "commit", "tag" }.Where(set.Contains).ToList() is { Count: > 1 } named
        ? $"{string.Join(" and ", named)} exclude each other: a checkout is of one"
        : null;

    private static StepSchema GitCommit() => new("git-commit", new ObjectShape
    {
        Fields = Fields(("path", ConfigShape.Text), ("message", ConfigShape.Text), ("author", Author)),
        Required = ["path", "message"],
    });

    private static StepSchema GitPush() => new("git-push", new ObjectShape
    {
        Fields = Fields(
            ("path", ConfigShape.Text),
            ("targetBranch", ConfigShape.Text),
            ("generateTargetBranch", ConfigShape.Flag),
            ("tag", ConfigShape.Text),
            ("force", ConfigShape.Flag),
            ("maxAttempts", ConfigShape.WholeNumber(1)),
            ("provider", Provider)),
        Required = ["path"],
        Rule = set => set.Contains("targetBranch") && set.Contains("tag") ? "targetBranch and tag exclude each other: a push is of one" : null,
    });

    private static StepSchema GitClear() => new("git-clear", new ObjectShape { Fields = Fields(("path", ConfigShape.Text)), Required = ["path"] });

    private static StepSchema GitTag() => new("git-tag", new ObjectShape
    {
        Fields = Fields(("path", ConfigShape.Text), ("tag", ConfigShape.Text), ("message", ConfigShape.Text), ("force", ConfigShape.Flag)),
        Required = ["path", "tag", "message"],
    });

    private static StepSchema GitOpenPullRequest() => new("git-open-pr", new ObjectShape
    {
        Fields = Fields(
            ("repoURL", ConfigShape.Text),
            ("sourceBranch", ConfigShape.Text),
            ("targetBranch", ConfigShape.Text),
            ("title", ConfigShape.Text),
            ("description", ConfigShape.Text),
            ("labels", ConfigShape.ListOf(ConfigShape.Text)),
            ("provider", Provider),
            ("createTargetBranch", ConfigShape.NoEffect("has no effect, as in Kargo: have git-clone create the branch (checkout[].create)")),
            ("insecureSkipTLSVerify", Verified)),
        Required = ["repoURL", "sourceBranch", "targetBranch"],
    });

    private static StepSchema GitWaitForPullRequest() => new("git-wait-for-pr", new ObjectShape
    {
        Fields = Fields(
            ("repoURL", ConfigShape.Text),
            ("prNumber", ConfigShape.WholeNumber(1)),
            ("pollInterval", ConfigShape.Duration),
            ("provider", Provider),
            ("insecureSkipTLSVerify", Verified)),
        Required = ["repoURL", "prNumber"],
    });

    private static StepSchema GitMergePullRequest() => new("git-merge-pr", new ObjectShape
    {
        Fields = Fields(
            ("repoURL", ConfigShape.Text),
            ("prNumber", ConfigShape.WholeNumber(1)),
            ("wait", ConfigShape.Flag),
            ("mergeMethod", ConfigShape.OneOf("merge", "squash", "rebase")),
            ("pollInterval", ConfigShape.Duration),
            ("provider", Provider),
            ("insecureSkipTLSVerify", Verified)),
        Required = ["repoURL", "prNumber"],
    });

    private static StepSchema Copy() => new("copy", new ObjectShape
    {
        Fields = Fields(("inPath", ConfigShape.Text), ("outPath", ConfigShape.Text), ("ignore", ConfigShape.Text)),
        Required = ["inPath", "outPath"],
    });

    private static StepSchema Delete() => new("delete", new ObjectShape
    {
        Fields = Fields(
            ("path", ConfigShape.Text),
            ("paths", ConfigShape.ListOf(ConfigShape.Text, mayBeEmpty: false)),
            ("pathsAreGlobs", ConfigShape.Flag),
            ("strict", ConfigShape.Flag)),
        Rule = set => set.Contains("path") == set.Contains("paths") ? "exactly one of path and paths is required" : null,
    });

    private static StepSchema FileWrite() => new("file-write", new ObjectShape
    {
        Fields = Fields(
            ("path", ConfigShape.Text),
            ("contents", ConfigShape.Any),
            ("overwrite", ConfigShape.Flag),
            ("permissions", ConfigShape.NoEffect("has no effect: Git keeps no permissions but the executable bit, which file-write does not give"))),
        Required = ["path", "contents"],
    });

    private static Dictionary<string, ConfigShape> Fields(params (string Name, ConfigShape Shape)[] fields) => StepSchemas.Fields(fields);
}
