using System.Text;
using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Steps;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Secrets;

public sealed class SecretsInPromotionsTests
{
    private const string Token = "xoxb-417-the-token";

    [Fact]
    public async Task A_step_gets_the_secret_that_its_configuration_asks_for()
    {
        var seen = "";
        await using var world = await WorldAsync("""{ "header": "Bearer ${{ secret('slack').token }}" }""", context =>
        {
            seen = (string?)context.Config["header"];
            return StepResult.Succeeded();
        });

        await RunAsync(world);

        Assert.Equal($"Bearer {Token}", seen);
        Assert.Equal(["secret shop/slack"], world.Vault.Asked);
    }

    [Theory]
    [InlineData("${{ secret(vars.name).token }}", Token)]
    [InlineData("${{ secret(configMap('names').slack).token }}", Token)]
    [InlineData("${{ configMap('names').slack }}", "slack")]
    [InlineData("${{ sharedSecret('slack')['token'] }}", Token)]
    [InlineData("x${{ secret('slack').other }}", "x")]
    [InlineData("x${{ secret('nothing').token }}", "x")]
    [InlineData("${{ secret('nothing').token == '' ? 'unset' : 'set' }}", "unset")]
    [InlineData("${{ string('token' in secret('slack')) + string('other' in secret('slack')) }}", "truefalse")]
    [InlineData("${{ int(secret('numbers').n) + 1 }}", "43")]
    public async Task Names_may_be_made_up_and_what_is_not_there_reads_as_empty(string template, string expected)
    {
        string? seen = null;
        await using var world = await WorldAsync($$"""{ "x": "{{template}}" }""", context =>
        {
            seen = context.Config["x"]!.ToString();
            return StepResult.Succeeded();
        });
        world.Vault.Secrets["numbers"] = new() { ["n"] = "42" };
        world.Vault.ConfigMaps["names"] = new() { ["slack"] = "slack" };

        var ended = await RunAsync(world);

        Assert.Equal((PromotionPhase.Succeeded, expected), (ended.Phase, seen));
    }

    [Fact]
    public async Task Nothing_is_read_where_nothing_is_asked_for()
    {
        await using var world = await WorldAsync("""{ "x": "no secret here" }""", _ => StepResult.Succeeded());

        await RunAsync(world);

        Assert.Empty(world.Vault.Asked);
    }

    [Fact]
    public async Task No_row_ever_holds_a_secret_whatever_a_step_does_with_it()
    {
        await using var world = await WorldAsync("""{ "x": "${{ secret('slack').token }}" }""", context => StepResult.Succeeded(
            $"Sent {context.Config["x"]}.", new JsonObject { ["answer"] = new JsonArray(Basic((string)context.Config["x"]!)), [Token] = 1 }) with
        {
            Metadata = [new MetadataUpdate(false, "dev", new Dictionary<string, JsonNode?> { ["k"] = $"t={Token}" })],
        });

        var ended = await RunAsync(world);

        Assert.Equal(PromotionPhase.Succeeded, ended.Phase);
        Assert.Equal("Sent ***.", ended.StepStates[0].Message);
        Assert.Equal("t=***", (string?)(await world.StageAsync("dev")).Metadata["k"]);
        AssertNothingLeaked(world);
    }

    public static TheoryData<string> Endings => ["failed", "broke", "no condition", "transient", "remembers", "writes a file", "checks health"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task No_row_holds_a_secret_when_a_step_does_not_succeed(string ending)
    {
        const string config = """{ "x": "${{ secret('slack').token }}" }""";
        await using var world = await WorldAsync(
            config, context => End(ending, (string)context.Config["x"]!), ending == "no condition" ? "${{ secret('slack').token }}" : null);

        var ended = await RunAsync(world);

        Assert.NotEqual(PromotionPhase.Succeeded, ended.Phase);
        AssertNothingLeaked(world);
        Assert.Contains(world.Written.Documents, d => d.Contains("***", StringComparison.Ordinal) || d.Contains("value of a secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_in_a_condition_is_read_too()
    {
        var step = A.Step("send", "{}") with { If = "${{ secret('slack').token != '' }}" };
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, step));
        var sent = new ScriptedStep("send", _ => StepResult.Succeeded());
        world.Knows(sent).Vault.Secrets["slack"] = new() { ["token"] = Token };

        await RunAsync(world);

        Assert.Equal(1, sent.Runs);
    }

    [Fact]
    public async Task A_step_that_fails_for_want_of_a_secret_says_which_setting_it_is()
    {
        await using var world = await WorldAsync("""{ "x": "${{ secret('mail').key }}" }""", _ => StepResult.Failed("HTTP 401."));

        var ended = await RunAsync(world);

        Assert.Contains("HTTP 401. (No such secret: set Secrets__shop__mail__KEY.)", ended.Message);
    }

    [Theory]
    [InlineData("secret('')", "must not be empty")]
    [InlineData("secret(1)", "secret")]
    [InlineData("secret()", "secret")]
    [InlineData("map(1..60, secret(string(#)).x)", "more than 50 secrets and config maps")]
    public async Task A_wrong_question_is_an_error_that_says_so(string expression, string words)
    {
        await using var world = await WorldAsync($$$"""{ "x": "${{ {{{expression}}} }}" }""", _ => StepResult.Succeeded());

        var ended = await RunAsync(world);

        Assert.Equal(PromotionPhase.Errored, ended.Phase);
        Assert.Contains(words, ended.Message);
    }

    private static StepResult End(string ending, string secret) => ending switch
    {
        "failed" => StepResult.Failed($"{secret} was refused"),
        "transient" => StepResult.TransientError($"{secret} was refused"),
        "remembers" => StepResult.Waiting("Later.", new JsonObject { ["token"] = secret }),
        "writes a file" => StepResult.Succeeded() with
        {
            WorkTree = new WorkTree { Edits = [new FileEdit("app.yaml", "yaml-update", new JsonObject { ["value"] = secret })] },
        },
        "checks health" => StepResult.Succeeded() with { HealthChecks = [new StackHealthCheck(new("", "apps", secret), "c0ffee", "up")] },
        _ => throw new InvalidOperationException($"no way to {secret}"),
    };

    private static void AssertNothingLeaked(World world) => Assert.DoesNotContain(
        world.Written.Documents, d => d.Contains(Token, StringComparison.Ordinal) || d.Contains(Basic(Token)[8..20], StringComparison.Ordinal));

    private static string Basic(string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("git:" + secret));

    private static async Task<World> WorldAsync(string config, Func<StepContext, StepResult> run, string? condition = null)
    {
        var step = A.Step("odd", config) with { Vars = [new Variable("name", "slack")], If = condition };
        var world = (await World.WithAsync(A.Stage("dev", A.Direct, step))).Knows(new ScriptedStep("odd", run));
        world.Vault.Secrets["slack"] = new() { ["token"] = Token };
        return world;
    }

    private static async Task<Promotion> RunAsync(World world) => await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));
}
