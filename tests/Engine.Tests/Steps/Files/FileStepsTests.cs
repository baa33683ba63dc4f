using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.Steps;
using Waybill.Engine.Steps.Files;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;
using Waybill.Expressions;

namespace Waybill.Engine.Tests.Steps.Files;

public sealed class FileStepsTests
{
    private const string Stack = "spec:\n  stack: dev # the stage\n  commit: aaaa\n  replicas: 1\n";

    private readonly MemoryWorkTrees _trees = new();

    [Fact]
    public async Task A_promotion_reads_and_changes_files_and_its_record_says_how()
    {
        _trees.Files["stacks/dev.yaml"] = Stack;
        _trees.Files["settings.json"] = "{\"version\": \"1\"}";
        _trees.Files["app.toml"] = "[image]\ntag = 'v1'\n";

        var ended = await RunAsync(
            A.Step("yaml-update", """{ "path": "./stacks/dev.yaml", "updates": [{ "key": "spec.commit", "value": "${{ commitFrom('https://github.com/acme/app').ID }}" }, { "key": "spec.replicas", "value": "${{ 1 + 1 }}" }] }""", "yaml"),
            A.Step("json-update", """{ "path": "settings.json", "updates": [{ "key": "version", "value": "${{ quote(2) }}" }] }""", "json"),
            A.Step("toml-update", """{ "path": "app.toml", "updates": [{ "key": "image.tag", "value": "v2" }] }""", "toml"),
            A.Step("yaml-parse", """{ "path": "stacks/dev.yaml", "outputs": [{ "name": "commit", "fromExpression": "spec.commit" }, { "name": "more", "fromExpression": "spec.replicas + 1" }, { "name": "none", "fromExpression": "nothing?.here ?? 'unset'" }, { "name": "all", "fromExpression": "outputs.spec.stack" }] }""", "read"),
            A.Step("json-parse", """{ "path": "settings.json", "outputs": [{ "name": "v", "fromExpression": "version" }] }""", "readjson"),
            A.Step("toml-parse", """{ "path": "app.toml", "outputs": [{ "name": "v", "fromExpression": "image.tag" }] }""", "readtoml"));

        Assert.Equal((PromotionPhase.Succeeded, ""), (ended.Phase, ended.Phase is PromotionPhase.Succeeded ? "" : ended.Message));
        Assert.Equal(
            "spec:\n  stack: dev # the stage\n  commit: c0ffee0000000000000000000000000000000001\n  replicas: 2\n",
            _trees.Read(ended.WorkTree, "stacks/dev.yaml"));
        Assert.Equal("{\"version\": \"2\"}", _trees.Read(ended.WorkTree, "settings.json"));
        Assert.Equal("[image]\ntag = 'v2'\n", _trees.Read(ended.WorkTree, "app.toml"));
        Assert.Equal(
            """{"commit":"c0ffee0000000000000000000000000000000001","more":3,"none":"unset","all":"dev"}""", ended.StepStates[3].Output!.ToJsonString());
        Assert.Equal("""{"v":"2"}""", ended.StepStates[4].Output!.ToJsonString());
        Assert.Equal("""{"v":"v2"}""", ended.StepStates[5].Output!.ToJsonString());
    }

    [Fact]
    public async Task The_outputs_are_Kargos_commit_messages()
    {
        _trees.Files["a.yaml"] = "a: x\nb: x\nc: x\nd: x\n";
        _trees.Files["a.json"] = "{}";
        _trees.Files["a.toml"] = "a = 'x'\nb = 1\n";
        _trees.Files["b.yaml"] = "b: 1\n";

        var ended = await RunAsync(
            A.Step("yaml-update", """{ "path": "a.yaml", "updates": [{ "key": "a", "value": "v1" }, { "key": "b", "value": "'7'" }, { "key": "c", "value": true }, { "key": "d", "value": 7 }] }""", "s1"),
            A.Step("json-update", """{ "path": "a.json", "updates": [{ "key": "a.b", "value": "v1" }, { "key": "c", "value": 7 }] }""", "s2"),
            A.Step("toml-update", """{ "path": "a.toml", "updates": [{ "key": "a", "value": "v1" }, { "key": "b", "value": 7 }] }""", "s3"),
            A.Step("yaml-merge", """{ "inFiles": ["a.yaml", "b.yaml", "missing.yaml"], "outFile": "out.yaml", "ignoreMissingFiles": true }""", "s4"),
            A.Step("yaml-merge", """{ "inFiles": ["b.yaml"], "outFile": "copy.yaml" }""", "s5"),
            A.Step("yaml-merge", """{ "inFiles": ["b.yaml", "a.json"], "outFile": "b.yaml" }""", "s6"),
            A.Step("yaml-merge", """{ "inFiles": ["missing.yaml"], "outFile": "empty.yaml", "ignoreMissingFiles": true }""", "s7"));

        Assert.Equal((PromotionPhase.Succeeded, ""), (ended.Phase, ended.Phase is PromotionPhase.Succeeded ? "" : ended.Message));
        Assert.Equal(
            [
                "Updated a.yaml\n\n- a: v1\n- b: '7'\n- c: true\n- d: 7",
                "Updated a.json\n\n- a.b: \"v1\"\n- c: 7",
                "Updated a.toml\n\n- a: 'v1'\n- b: 7",
                "Merged 2 YAML files to out.yaml\n- a.yaml\n- b.yaml",
                "Wrote b.yaml to copy.yaml",
                "Merged 2 YAML files to b.yaml\n- b.yaml\n- a.json",
                null,
            ],
            ended.StepStates.Select(s => (string?)s.Output?["commitMessage"]));
        Assert.Equal("a: v1\nb: 1\nc: true\nd: 7\n", _trees.Read(ended.WorkTree, "out.yaml"));
        Assert.Equal("b: 1\n", _trees.Read(ended.WorkTree, "copy.yaml"));
        Assert.Equal("b: 1\na:\n  b: v1\nc: 7\n", _trees.Read(ended.WorkTree, "b.yaml"));
        Assert.Equal("over", Assert.Single(ended.WorkTree.Edits, e => e.Path == "b.yaml").Arguments.Single().Key);
    }

    [Fact]
    public async Task What_a_file_says_already_is_no_edit()
    {
        _trees.Files["a.yaml"] = "a: x\n";

        var ended = await RunAsync(A.Step("yaml-update", """{ "path": "a.yaml", "updates": [{ "key": "a", "value": "x" }] }"""));

        Assert.Equal(PromotionPhase.Succeeded, ended.Phase);
        Assert.Equal("a.yaml has the values already.", ended.StepStates[0].Message);
        Assert.Empty(ended.WorkTree.Edits);
    }

    [Theory]
    [InlineData("yaml-update", """{ "path": "a.yaml", "updates": [{ "key": "a.b", "value": 1 }] }""", "a.yaml: line 1: a is a single value, so there is no a.b.")]
    [InlineData("yaml-update", """{ "path": "b.yaml", "updates": [{ "key": "a", "value": 1 }] }""", "b.yaml: there is no such file.")]
    [InlineData("yaml-update", """{ "path": "../b.yaml", "updates": [{ "key": "a", "value": 1 }] }""", "../b.yaml leads out of the working directory.")]
    [InlineData("yaml-update", """{ "path": "bad.yaml", "updates": [{ "key": "a", "value": 1 }] }""", "bad.yaml: line 1, column 5: not YAML: ")]
    [InlineData("yaml-update", """{ "path": "a.yaml", "updates": [{ "key": "a", "value": "${{ nil }}" }] }""", "a.yaml: a would be set to nothing: where an expression may find no value, give one")]
    [InlineData("json-update", """{ "path": "a.yaml", "updates": [{ "key": "a", "value": 1 }] }""", "a.yaml: line 1, column 1: not JSON: ")]
    [InlineData("yaml-update", """{ "path": "a.yaml", "updates": "${{ [] }}" }""", "config.updates is missing or empty.")]
    [InlineData("yaml-parse", """{ "path": "b.yaml", "outputs": [{ "name": "a", "fromExpression": "a" }] }""", "b.yaml: there is no such file.")]
    [InlineData("yaml-parse", """{ "path": "a.yaml", "outputs": [{ "name": "a", "fromExpression": "a.b.c" }] }""", "a.yaml: a.b.c: string has no field b")]
    [InlineData("toml-parse", """{ "path": "a.yaml", "outputs": [{ "name": "a", "fromExpression": "a" }] }""", "a.yaml: line 1, column ")]
    [InlineData("yaml-merge", """{ "inFiles": ["a.yaml", "b.yaml"], "outFile": "c.yaml" }""", "b.yaml: there is no such file.")]
    [InlineData("yaml-merge", """{ "inFiles": ["a.yaml", "bad.yaml"], "outFile": "c.yaml" }""", "bad.yaml: line 1, column 5: not YAML")]
    [InlineData("yaml-merge", """{ "inFiles": ["braces.yaml", "more.yaml"], "outFile": "c.yaml" }""", "c.yaml: line 1: the fields beside c stand in braces")]
    [InlineData("yaml-merge", """{ "inFiles": [1], "outFile": "c.yaml" }""", "config.inFiles must be a list of paths.")]
    public async Task What_cannot_be_done_ends_the_promotion_with_the_file_the_place_and_the_reason(string uses, string config, string words)
    {
        _trees.Files["a.yaml"] = "a: x\n";
        _trees.Files["bad.yaml"] = "a: b: c\n";
        _trees.Files["braces.yaml"] = "a: {b: 1}\n";
        _trees.Files["more.yaml"] = "a: {c: 1}\n";

        var ended = await RunAsync(A.Step(uses, config));

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains(words, ended.Message);
        Assert.Empty(ended.WorkTree.Edits);
    }

    [Fact]
    public async Task A_secret_is_never_written_into_a_file()
    {
        _trees.Files["a.yaml"] = "a: x\n";
        await using var world = await WorldAsync(A.Step("yaml-update", """{ "path": "a.yaml", "updates": [{ "key": "a", "value": "${{ secret('db').password }}" }] }"""));
        world.Vault.Secrets["db"] = new() { ["password"] = "hunter2-and-more" };

        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains("would write the value of a secret into a file", ended.Message);
        Assert.DoesNotContain(world.Written.Documents, d => d.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_step_that_manifests_may_name_can_be_run()
    {
        var uses = Steps(_trees).Select(s => s.Uses).Order();

        Assert.Equal(["json-parse", "json-update", "toml-parse", "toml-update", "yaml-merge", "yaml-parse", "yaml-update"], uses);
    }

    private async Task<Promotion> RunAsync(params PromotionStep[] steps)
    {
        await using var world = await WorldAsync(steps);
        return await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));
    }

    private async Task<World> WorldAsync(params PromotionStep[] steps) =>
        (await World.WithAsync(A.Stage("dev", A.Direct, steps))).Knows([.. Steps(_trees)]);

    private static IEnumerable<IPromotionStep> Steps(MemoryWorkTrees trees) =>
    [
        .. FileSteps.Formats.Select(f => new FileUpdateStep(f, trees)),
        .. FileSteps.Formats.Select(f => new FileParseStep(f, trees, new ExpressionCache())),
        new YamlMergeStep(trees),
    ];
}
