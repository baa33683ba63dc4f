namespace Waybill.Manifests.Steps;

/// <summary>The steps that work on a repository's files, as manifests configure them: Kargo's fields.</summary>
internal static class GitStepSchemas
{
    private static readonly ConfigShape Verified = ConfigShape.NoEffect("has no effect: Waybill always verifies certificates");

    private static readonly ConfigShape Provider = ConfigShape.OneOf("github");

    private static readonly ObjectShape Author = new()
    {
        Fields = Fields(("name", ConfigShape.Text), ("email", ConfigShape.Text)),
        Required = ["name", "email"],
        Refused = new Dictionary<string, string>
        {
            ["signingKey"] = "Waybill holds no signing keys: leave out author, and GitHub signs what its App commits",
        },
    };

    public static IEnumerable<StepSchema> All { get; } = [GitClone(), GitCommit(), GitPush(), FileWrite()];

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
