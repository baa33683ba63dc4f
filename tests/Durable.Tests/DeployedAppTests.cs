using System.Net;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;
using Waybill.Durable.Tests.Host;
using Waybill.Web.Routing;

namespace Waybill.Durable.Tests;

/// <summary>The app in its own process, with the real worker in it, as the host meets it.</summary>
public sealed class DeployedAppTests(DeployedApp app) : IClassFixture<DeployedApp>
{
    private readonly FunctionsHost _host = app.Host;

    [Fact]
    public void Every_route_has_a_function_of_its_name() => Assert.All(RouteTable.All, route =>
    {
        var trigger = BindingOf(route.Name, "httpTrigger");

        Assert.Equal([route.Method], trigger["methods"]!.AsArray().Select(m => ((string)m!).ToUpperInvariant()));
        Assert.Equal("Anonymous", (string?)trigger["authLevel"]);
        Assert.Equal(route.Pattern == "/" ? "{root:maxlength(0)?}" : route.Pattern.TrimStart('/'), (string?)trigger["route"]);
    });

    [Fact]
    public void Orchestrators_activities_and_timers_are_bound()
    {
        Assert.All(["PromotionOrchestrator", "ProjectOrchestrator"], f => BindingOf(f, "orchestrationTrigger"));
        Assert.All(["NextDirective", "ExecuteStep", "FinishPromotion", "MeasureVerification", "GiveUpOnPromotion", "EvaluateProject"], f => BindingOf(f, "activityTrigger"));
        Assert.Equal("%SweepSchedule%", (string?)BindingOf("Sweep", "timerTrigger")["schedule"]);
        Assert.Equal(RouteTable.All.Count + 2 + 6 + 4, _host.Functions.Count);
    }

    [Theory]
    [InlineData("Healthz", "healthz", HttpStatusCode.OK)]
    [InlineData("HomePage", "", HttpStatusCode.SeeOther)]
    [InlineData("ProjectPage", "projects/shop", HttpStatusCode.OK)]
    [InlineData("Asset", "assets/site.css", HttpStatusCode.OK)]
    [InlineData("ListStages", "api/projects/shop/stages", HttpStatusCode.OK)]
    [InlineData("ListStages", "api/projects/nobody/stages", HttpStatusCode.NotFound)]
    public async Task Http_functions_answer_at_their_routes(string function, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);

        using var response = await _host.SendAsync(function, request);

        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()} {_host.Log}");
    }

    [Fact]
    public async Task A_forged_webhook_is_turned_away()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks/github") { Content = new StringContent("{}") };
        request.Headers.Add("X-GitHub-Event", "push");
        request.Headers.Add("X-GitHub-Delivery", "1");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={new string('0', 64)}");

        using var response = await _host.SendAsync("GitHubWebhook", request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_timer_comes_through()
    {
        var result = await _host.InvokeAsync("RefreshHealth", [Input("timer", """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""")]);

        Assert.Equal("Success", Status(result));
    }

    [Fact]
    public async Task An_activity_is_handed_its_input_and_its_result_is_taken()
    {
        var result = await _host.InvokeAsync("NextDirective", [Input("task", """{"Project":"shop","Name":"dev.01k0000000000000000000000a.abcdef0","Step":-1,"Reason":""}""")]);

        Assert.Equal("Success", Status(result));
        Assert.Contains("no such promotion", result["returnValue"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestrator_asks_for_its_first_activity()
    {
        var response = await OrchestrateAsync("""{"Project":"shop","Name":"dev.01k0000000000000000000000a.abcdef0","Failures":0}""");

        Assert.Equal("NextDirective", Assert.Single(response.Actions).ScheduleTask.Name);
        Assert.Contains("dev.01k0000000000000000000000a.abcdef0", response.Actions[0].ScheduleTask.Input, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poisoned_orchestration_fails_with_its_reason()
    {
        var response = await OrchestrateAsync("42");

        var end = Assert.Single(response.Actions).CompleteOrchestration;
        Assert.Equal(OrchestrationStatus.Failed, end.OrchestrationStatus);
        Assert.Contains("can't be used", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Errored", response.CustomStatus, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_throws_is_reported_as_failed()
    {
        var result = await _host.InvokeAsync("KeepHouse", [Input("timer", "{}"), FunctionsHost.NoBackend()]);

        Assert.Equal("Failure", Status(result));
    }

    private async Task<OrchestratorResponse> OrchestrateAsync(string input)
    {
        var request = new OrchestratorRequest
        {
            InstanceId = "promotion:shop:test",
            NewEvents =
            {
                new HistoryEvent { Timestamp = Timestamp.FromDateTime(DateTime.UtcNow), OrchestratorStarted = new OrchestratorStartedEvent() },
                new HistoryEvent
                {
                    Timestamp = Timestamp.FromDateTime(DateTime.UtcNow),
                    ExecutionStarted = new ExecutionStartedEvent
                    {
                        Name = "PromotionOrchestrator",
                        Input = input,
                        OrchestrationInstance = new OrchestrationInstance { InstanceId = "promotion:shop:test", ExecutionId = "1" },
                    },
                },
            },
        };
        var result = await _host.InvokeAsync("PromotionOrchestrator", [Input("context", Convert.ToBase64String(request.ToByteArray()))]);
        Assert.True(Status(result) == "Success", result.ToJsonString());
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String((string)result["returnValue"]!["string"]!));
    }

    private JsonNode BindingOf(string function, string type) => _host.Functions[function]["rawBindings"]!.AsArray()
        .Select(b => JsonNode.Parse((string)b!)!)
        .Single(b => string.Equals((string?)b["type"], type, StringComparison.OrdinalIgnoreCase));

    private static JsonObject Input(string parameter, string data) =>
        new() { ["name"] = parameter, ["data"] = new JsonObject { ["string"] = data } };

    private static string Status(JsonNode result) => (string?)result["result"]?["status"] ?? "Failure";
}

/// <summary>One running app for all of these tests.</summary>
public sealed class DeployedApp : IAsyncLifetime
{
    internal FunctionsHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await FunctionsHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
