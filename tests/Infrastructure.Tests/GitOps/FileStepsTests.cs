using Waybill.Domain.Promotions;
using Waybill.Simulation.GitHub;

namespace Waybill.Infrastructure.Tests.GitOps;

/// <summary>copy, delete, git-clear and file-write, whose outcome is what was pushed.</summary>
public sealed class FileStepsTests : GitOpsFixture
{
    private SimulatedRepository _source = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Add("a.yaml", "key: a\n");
        Add("dir/b.yaml", "key: b\n");
        Add("dir/sub/c.yaml", "key: c\n");
        _source = GitHub.CreateRepository("acme", "app");
        Add("deploy/x.yaml", "key: x\n", repository: _source);
        Add("deploy/sub/y.txt", "y\n", repository: _source);
    }

    [Theory]
    [InlineData("""{ "inPath": "m/a.yaml", "outPath": "m/copy.yaml" }""", "a.yaml copy.yaml dir/b.yaml dir/sub/c.yaml")]
    [InlineData("""{ "inPath": "m/a.yaml", "outPath": "m/dir/b.yaml" }""", "a.yaml dir/b.yaml dir/sub/c.yaml")]
    [InlineData("""{ "inPath": "m/dir", "outPath": "m/other" }""", "a.yaml dir/b.yaml dir/sub/c.yaml other/b.yaml other/sub/c.yaml")]
    [InlineData("""{ "inPath": "m/dir", "outPath": "m/other", "ignore": "# comment\nsub/" }""", "a.yaml dir/b.yaml dir/sub/c.yaml other/b.yaml")]
    [InlineData("""{ "inPath": "m/dir", "outPath": "m/other", "ignore": "*.yaml\n!c.yaml" }""", "a.yaml dir/b.yaml dir/sub/c.yaml other/sub/c.yaml")]
    [InlineData("""{ "inPath": "m/dir", "outPath": "m/other", "ignore": "/b.yaml" }""", "a.yaml dir/b.yaml dir/sub/c.yaml other/sub/c.yaml")]
    [InlineData("""{ "inPath": "m/dir/sub", "outPath": "m" }""", "a.yaml c.yaml dir/b.yaml dir/sub/c.yaml")]
    [InlineData("""{ "inPath": "s/deploy", "outPath": "m/dir" }""", "a.yaml dir/b.yaml dir/sub/c.yaml dir/sub/y.txt dir/x.yaml")]
    public async Task Copies_are_where_they_belong(string config, string expected) =>
        Assert.Equal(expected, await FilesAfterAsync(Step("copy", config)));

    [Fact]
    public async Task What_is_copied_over_has_the_sources_contents_edits_included()
    {
        await FilesAfterAsync(SetLine("a.yaml", "key", "edited"), Step("copy", """{ "inPath": "m/a.yaml", "outPath": "m/dir/b.yaml" }"""), SetLine("a.yaml", "key", "later"));

        Assert.Equal(("key: later\n", "key: edited\n"), (Text("a.yaml"), Text("dir/b.yaml")));
    }

    [Fact]
    public async Task Files_of_another_repository_arrive_with_their_contents_and_can_be_edited()
    {
        await FilesAfterAsync(Step("copy", """{ "inPath": "s/deploy", "outPath": "m/in" }"""), SetLine("in/x.yaml", "key", "edited"));

        Assert.Equal(("key: edited\n", "y\n"), (Text("in/x.yaml"), Text("in/sub/y.txt")));
        Assert.Equal("key: x\n", _source.ReadText("main", "deploy/x.yaml"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_arrive_unharmed()
    {
        byte[] bytes = [0, 255, 254, 128, 10];
        _source.Commit("main", new CommitContent("Binary") { Bytes = new Dictionary<string, byte[]> { ["deploy/logo.png"] = bytes } });

        await FilesAfterAsync(Step("copy", """{ "inPath": "s/deploy/logo.png", "outPath": "m/logo.png" }"""));

        Assert.Equal(bytes, Repository.ReadBytes("main", "logo.png"));
    }

    [Theory]
    [InlineData("""{ "path": "m/a.yaml" }""", "dir/b.yaml dir/sub/c.yaml")]
    [InlineData("""{ "path": "m/dir" }""", "a.yaml")]
    [InlineData("""{ "paths": ["m/a.yaml", "m/dir/sub"] }""", "dir/b.yaml")]
    [InlineData("""{ "path": "m/dir/*.yaml", "pathsAreGlobs": true }""", "a.yaml dir/sub/c.yaml")]
    [InlineData("""{ "path": "./m/**/*.yaml", "pathsAreGlobs": true }""", "")]
    [InlineData("""{ "path": "m/{a,z}.yaml", "pathsAreGlobs": true }""", "dir/b.yaml dir/sub/c.yaml")]
    [InlineData("""{ "path": "m/d*", "pathsAreGlobs": true }""", "a.yaml")]
    public async Task Deleted_is_what_was_named(string config, string expected) =>
        Assert.Equal(expected, await FilesAfterAsync(Step("delete", config)));

    [Theory]
    [InlineData("""{ "path": "m/nope" }""", StepPhase.Succeeded)]
    [InlineData("""{ "path": "m/nope", "strict": true }""", StepPhase.Failed)]
    [InlineData("""{ "path": "m/*.txt", "pathsAreGlobs": true, "strict": true }""", StepPhase.Failed)]
    [InlineData("""{ "path": "m/[", "pathsAreGlobs": true }""", StepPhase.Errored)]
    [InlineData("""{ "path": "../x" }""", StepPhase.Errored)]
    public async Task Deleting_what_is_not_there_is_as_Kargo_has_it(string config, StepPhase phase) =>
        Assert.Equal(phase, Last(await Engine().RunAsync(Promotion(Clone(), Step("delete", config)))).Phase);

    [Fact]
    public async Task A_cleared_checkout_holds_only_what_came_after()
    {
        var files = await FilesAfterAsync(
            Step("git-clear", """{ "path": "m" }"""),
            Step("copy", """{ "inPath": "s/deploy", "outPath": "m" }"""),
            Step("file-write", """{ "path": "m/a.yaml", "contents": "key: new\n" }"""));

        Assert.Equal(("a.yaml sub/y.txt x.yaml", "key: new\n"), (files, Text("a.yaml")));
        Assert.DoesNotContain(GitHub.Requests, r => r.StartsWith("GET /repos/acme/manifests/git/trees/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cleared_checkout_can_stay_empty() =>
        Assert.Equal("", await FilesAfterAsync(Step("git-clear", """{ "path": "./m/" }""")));

    [Fact]
    public async Task Clearing_and_writing_the_same_again_is_no_change()
    {
        var repository = GitHub.CreateRepository("acme", "rendered");
        Add("x.yaml", "key: x\n", repository: repository);
        Add("sub/y.txt", "y\n", repository: repository);

        var promotion = await Engine().RunAsync(Promotion(
            Step("git-clone", """{ "repoURL": "https://github.com/acme/rendered", "checkout": [{ "path": "m" }] }"""),
            CloneSource(),
            Step("git-clear", """{ "path": "m" }"""),
            Step("copy", """{ "inPath": "s/deploy", "outPath": "m" }"""),
            Commit()));

        Assert.Equal(StepPhase.Skipped, Last(promotion).Phase);
    }

    [Theory]
    [InlineData("""{ "path": "m/a.yaml", "contents": "x" }""", StepPhase.Failed, "overwrite")]
    [InlineData("""{ "path": "/m/n.yaml", "contents": "x" }""", StepPhase.Failed, "relative")]
    [InlineData("""{ "path": "m/../../n.yaml", "contents": "x" }""", StepPhase.Errored, "leads out")]
    [InlineData("""{ "path": "m/.git/hooks/x", "contents": "x" }""", StepPhase.Errored, "into .git")]
    [InlineData("""{ "path": "m/dir", "contents": "x", "overwrite": true }""", StepPhase.Errored, "is a directory")]
    [InlineData("""{ "path": "m/n.yaml" }""", StepPhase.Errored, "contents")]
    public async Task A_file_is_not_written_where_it_must_not_be(string config, StepPhase phase, string why)
    {
        var state = Last(await Engine().RunAsync(Promotion(Clone(), Step("file-write", config))));

        Assert.Equal(phase, state.Phase);
        Assert.Contains(why, state.Message);
    }

    [Theory]
    [InlineData("""{ "path": "m/n.yaml", "contents": "" }""", "")]
    [InlineData("""{ "path": "m/n.yaml", "contents": 7 }""", "7")]
    [InlineData("""{ "path": "m/n.yaml", "contents": { "a": 1 } }""", "{\n  \"a\": 1\n}")]
    public async Task Contents_are_written_as_they_are_and_objects_as_json(string config, string expected)
    {
        await FilesAfterAsync(Step("file-write", config));

        Assert.Equal(expected, Text("n.yaml"));
    }

    [Theory]
    [InlineData("""{ "inPath": "m/nope", "outPath": "m/x" }""", "There is no file or directory m/nope")]
    [InlineData("""{ "inPath": "m/dir", "outPath": "m/dir/in" }""", "into itself")]
    [InlineData("""{ "inPath": "m/a.yaml", "outPath": "m/dir" }""", "is a directory")]
    [InlineData("""{ "inPath": "m/dir", "outPath": "m/x", "ignore": "[" }""", "The pattern [ can't be read")]
    public async Task A_copy_that_can_not_be_made_says_why(string config, string why)
    {
        var state = Last(await Engine().RunAsync(Promotion(Clone(), Step("copy", config))));

        Assert.Equal(StepPhase.Errored, state.Phase);
        Assert.Contains(why, state.Message);
    }

    private static Domain.Pipelines.PromotionStep CloneSource() =>
        Step("git-clone", """{ "repoURL": "https://github.com/acme/app", "checkout": [{ "branch": "main", "path": "s" }] }""", "source");

    private async Task<string> FilesAfterAsync(params Domain.Pipelines.PromotionStep[] steps)
    {
        var promotion = await Engine().RunAsync(Promotion([Clone(), CloneSource(), .. steps, Commit(), Push()]));
        AssertAllSucceeded(promotion);
        return string.Join(' ', Repository.Resolve("main")!.Tree.Keys);
    }
}
