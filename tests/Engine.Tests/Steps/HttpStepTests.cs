using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Steps;
using Waybill.Engine.Tests.Builders;
using Waybill.Expressions;

namespace Waybill.Engine.Tests.Steps;

/// <summary>The step against a server on this machine.</summary>
public sealed class HttpStepTests : IAsyncLifetime
{
    private WebApplication _server = null!;
    private string _url = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.MapGet("/status/{code:int}", (int code) => Results.Json(new { code }, statusCode: code));
        _server.MapGet("/text", () => Results.Text("{\"not\":\"parsed\"}"));
        _server.MapGet("/liar", () => Results.Text("{oops", "application/json"));
        _server.MapGet("/huge", () => Results.Bytes(new byte[3 * 1024 * 1024]));
        _server.MapGet("/slow", (CancellationToken token) => Task.Delay(Timeout.Infinite, token));
        _server.MapPost("/echo", async (HttpRequest request) => Results.Json(new
        {
            query = request.QueryString.Value,
            header = request.Headers["X-Key"].ToString(),
            type = request.ContentType,
            body = await new StreamReader(request.Body).ReadToEndAsync(),
        }));
        await _server.StartAsync();
        _url = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(200, null, null, StepOutcome.Succeeded)]
    [InlineData(204, null, null, StepOutcome.Succeeded)]
    [InlineData(500, null, null, StepOutcome.TransientError)]
    [InlineData(302, null, null, StepOutcome.TransientError)]
    [InlineData(500, "response.status == 500", null, StepOutcome.Succeeded)]
    [InlineData(200, "response.body.code == 201", null, StepOutcome.Waiting)]
    [InlineData(200, null, "response.status == 500", StepOutcome.Waiting)]
    [InlineData(500, null, "response.status == 500", StepOutcome.Failed)]
    [InlineData(500, "true", "true", StepOutcome.Failed)]
    [InlineData(200, "false", "false", StepOutcome.Waiting)]
    public async Task Expressions_decide_as_in_Kargo(int status, string? success, string? failure, StepOutcome outcome)
    {
        var config = new JsonObject { ["url"] = $"{_url}/status/{status}", ["successExpression"] = success, ["failureExpression"] = failure };

        Assert.Equal(outcome, (await RunAsync(config)).Outcome);
    }

    [Fact]
    public async Task The_request_is_what_the_configuration_says()
    {
        var result = await RunAsync(Parse("""
            { "url": "URL/echo?a=1", "method": "post", "body": "{\"x\":1}",
              "queryParams": [{"name":"b","value":"2 & 3"}],
              "headers": [{"name":"X-Key","value":"k"},{"name":"Content-Type","value":"application/json"}],
              "outputs": [{"name":"seen","fromExpression":"response.body"},{"name":"type","fromExpression":"response.header('content-type')"}] }
            """));

        var seen = result.Output!["seen"]!;
        Assert.Equal(("?a=1&b=2%20%26%203", "k", "application/json", "{\"x\":1}"), ((string?)seen["query"], (string?)seen["header"], (string?)seen["type"], (string?)seen["body"]));
        Assert.StartsWith("application/json", (string?)result.Output["type"]);
    }

    [Theory]
    [InlineData("response.body.code", "failureExpression is met: HTTP 500.")]
    [InlineData("'code ' + string(response.body.code)", "code 500")]
    [InlineData("response.body.no.such.field", "failureExpression is met: HTTP 500.")]
    public async Task A_failure_says_what_its_expression_makes_of_the_answer(string expression, string message)
    {
        var result = await RunAsync(new JsonObject { ["url"] = $"{_url}/status/500", ["failureExpression"] = "response.status == 500", ["errorExpression"] = expression });

        Assert.Equal((StepOutcome.Failed, message), (result.Outcome, result.Message));
    }

    [Fact]
    public async Task Text_is_left_as_text()
    {
        var result = await RunAsync(Parse("""{ "url": "URL/text", "outputs": [{"name":"body","fromExpression":"response.body"}] }"""));

        Assert.Equal("{\"not\":\"parsed\"}", (string?)result.Output!["body"]);
    }

    [Theory]
    [InlineData("""{ }""", "config.url is missing")]
    [InlineData("""{ "url": "/relative" }""", "not an absolute")]
    [InlineData("""{ "url": "file:///etc/passwd" }""", "not an absolute http")]
    [InlineData("""{ "url": "URL/status/200", "timeout": "0s" }""", "config.timeout")]
    [InlineData("""{ "url": "URL/status/200", "successExpression": "1" }""", "not true or false")]
    [InlineData("""{ "url": "URL/liar" }""", "it is not JSON")]
    [InlineData("""{ "url": "URL/huge" }""", "larger than 2 MiB")]
    public async Task A_mistake_is_named(string config, string words)
    {
        var error = await Assert.ThrowsAsync<StepConfigException>(() => RunAsync(Parse(config)));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public async Task Certificates_are_always_verified()
    {
        var result = await RunAsync(Parse("""{ "url": "URL/status/200", "insecureSkipTLSVerify": true }"""));

        Assert.Equal(StepOutcome.Errored, result.Outcome);
    }

    [Fact]
    public async Task Nobody_there_and_no_answer_in_time_may_pass_and_show_no_query()
    {
        var nobody = await RunAsync(Parse("""{ "url": "http://127.0.0.1:1/x?key=secret" }"""));
        var silent = await RunAsync(Parse("""{ "url": "URL/slow?key=secret", "timeout": "100ms" }"""));

        Assert.All([nobody, silent], r => Assert.Equal(StepOutcome.TransientError, r.Outcome));
        Assert.All([nobody, silent], r => Assert.DoesNotContain("secret", r.Message));
        Assert.Contains("no complete answer within 100ms", silent.Message);
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("1s", 10)]
    [InlineData("2m", 120)]
    public async Task It_asks_again_no_sooner_than_in_ten_seconds(string? interval, double seconds)
    {
        var result = await RunAsync(new JsonObject { ["url"] = $"{_url}/status/200", ["successExpression"] = "false", ["pollInterval"] = interval });

        Assert.Equal(A.Noon.AddSeconds(seconds), result.NextCheckAt);
    }

    private JsonObject Parse(string config) => JsonNode.Parse(config.Replace("URL", _url))!.AsObject();

    private static async Task<StepResult> RunAsync(JsonObject config)
    {
        var services = new ServiceCollection();
        services.AddHttpClient(HttpStep.ClientName).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.ConfigureHttpClientDefaults(b => b.RemoveAllLoggers());
        await using var provider = services.BuildServiceProvider();
        var freight = FreightReference.To(A.Freight("c0ffee", "app", A.Noon));
        var promotion = new Promotion
        {
            Project = A.Project,
            Name = "dev.p",
            Stage = "dev",
            Freight = freight,
            Collection = new Dictionary<string, FreightReference>(),
            Actor = "ada",
            CreatedAt = A.Noon,
            Steps = [A.Step("http")],
            StepStates = [new StepState()],
        };
        var step = new HttpStep(provider.GetRequiredService<IHttpClientFactory>(), new ExpressionCache());
        return await step.RunAsync(new StepContext { Promotion = promotion, Index = 0, Config = config, Now = A.Noon }, default);
    }
}
