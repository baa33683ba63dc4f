using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Analysis;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;
using Waybill.Infrastructure.Http;

namespace Waybill.Engine.Tests.Analysis;

/// <summary>The web provider over the product's own HTTP client, against a server on this machine that has good and bad days.</summary>
public sealed class WebMetricTests : IAsyncLifetime
{
    private readonly Vault _vault = new();
    private WebApplication _server = null!;
    private string _url = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.MapGet("/json", () => Results.Text("""{"n":3,"f":0.5,"t":"x","list":[{"v":1},{"v":2}],"none":null,"map":{"a.b":true}}""", "application/json"));
        _server.MapGet("/empty", () => Results.Text("", "application/json"));
        _server.MapGet("/nan", () => Results.Text("NaN"));
        _server.MapGet("/html", () => Results.Text("<html>Sign in</html>", "text/html"));
        _server.MapGet("/liar", () => Results.Text("  <!doctype html>", "application/json"));
        _server.MapGet("/huge", () => Results.Bytes(new byte[10 * 1024 * 1024], "application/json"));
        _server.MapGet("/hang", (CancellationToken token) => Task.Delay(Timeout.Infinite, token));
        _server.MapGet("/drip", DripAsync);
        _server.MapGet("/status/{code:int}", (int code) => Results.Json(new { secret = "answer" }, statusCode: code));
        _server.MapGet("/to-json", () => Results.Redirect("/json"));
        _server.MapGet("/loop", () => Results.Redirect("/loop"));
        _server.MapGet("/to-metadata", () => Results.Redirect("http://169.254.169.254/latest/meta-data?token=hidden"));
        _server.MapGet("/to-other", () => Results.Redirect("http://localhost:1/json"));
        _server.MapGet("/echo", (HttpRequest request) => Results.Json(new { header = request.Headers["X-Key"].ToString(), query = request.QueryString.Value }));
        _server.MapMethods("/echo", ["POST", "PUT"], async (HttpRequest request) => Results.Json(new
        {
            method = request.Method,
            type = request.ContentType,
            body = await new StreamReader(request.Body).ReadToEndAsync(),
        }));
        await _server.StartAsync();
        _url = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    /// <summary>As the conditions' rules of <c>utils/evaluate</c> and the paths of kubectl.</summary>
    [Theory]
    [InlineData("{$.n}", "result == 3", null, VerificationPhase.Successful, "3")]
    [InlineData("{$.n}", "result > 3", null, VerificationPhase.Failed, "3")]
    [InlineData("{$.n}", null, "result > 3", VerificationPhase.Successful, "3")]
    [InlineData("{$.n}", null, "result == 3", VerificationPhase.Failed, "3")]
    [InlineData("{$.n}", "result == 1", "result == 2", VerificationPhase.Inconclusive, "3")]
    [InlineData("{$.n}", "result == 3", "result == 3", VerificationPhase.Failed, "3")]
    [InlineData("{$.n}", null, null, VerificationPhase.Successful, "3")]
    [InlineData("{$.f}", "result < 1", null, VerificationPhase.Successful, "0.5")]
    [InlineData("{$.t}", "result == \"x\"", null, VerificationPhase.Successful, "x")]
    [InlineData("{$.list[*].v}", "result == 1", null, VerificationPhase.Successful, "1")]
    [InlineData("{$.list}", "len(result) == 2 && result[1].v == 2", null, VerificationPhase.Successful, null)]
    [InlineData("{$.map['a.b']}", "result", null, VerificationPhase.Successful, "true")]
    [InlineData("{$.none}", "default(result, 7) == 7", null, VerificationPhase.Successful, null)]
    [InlineData(null, "result.map[\"a.b\"] && asInt(result.n) == 3", null, VerificationPhase.Successful, null)]
    [InlineData("{$.n}", "result", null, VerificationPhase.Error, "3")]
    [InlineData("{$.no.such}", "true", null, VerificationPhase.Error, null)]
    [InlineData("{$.list[7]}", "true", null, VerificationPhase.Error, null)]
    public async Task Conditions_judge_what_the_path_leads_to(string? path, string? success, string? failure, VerificationPhase phase, string? value)
    {
        var measured = await MeasureAsync("/json", success, failure, web => web with { JsonPath = path });

        Assert.Equal(phase, measured.Phase);
        Assert.True(value is null || value == measured.Value, measured.Value);
    }

    [Theory]
    [InlineData("/html", "a web page rather than JSON")]
    [InlineData("/liar", "a web page rather than JSON")]
    [InlineData("/huge", "larger than 1 MiB")]
    [InlineData("/hang", "no complete answer within 1s")]
    [InlineData("/drip", "no complete answer within 1s")]
    [InlineData("/empty", "The answer is empty.")]
    [InlineData("/status/401", "answered 401 Unauthorized: check the credentials")]
    [InlineData("/status/500", "answered 500 Internal Server Error")]
    [InlineData("/status/304", "answered 304")]
    [InlineData("/loop", "is not followed")]
    [InlineData("/to-metadata", "redirects to http://169.254.169.254/latest/meta-data, which is not followed")]
    [InlineData("/to-other", "redirects to http://localhost:1/json, which is not followed")]
    public async Task A_bad_day_is_an_error_that_says_what_was_wrong(string path, string words)
    {
        var measured = await MeasureAsync($"{path}?key=hidden", "result.n == 3");

        Assert.Equal(VerificationPhase.Error, measured.Phase);
        Assert.Contains(words, measured.Message);
        Assert.DoesNotContain("hidden", measured.Message);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest", "leads to a link-local or metadata address")]
    [InlineData("http://127.0.0.1:1/json", "GET http://127.0.0.1:1/json")]
    [InlineData("file:///etc/passwd", "not an absolute http or https address")]
    public async Task An_address_that_leads_nowhere_good_is_an_error(string url, string words)
    {
        var measured = await MeasureAsync(url, "true");

        Assert.Equal(VerificationPhase.Error, measured.Phase);
        Assert.Contains(words, measured.Message);
    }

    [Fact]
    public async Task A_text_is_a_text_and_can_be_no_number()
    {
        var measured = await MeasureAsync("/nan", "isNaN(asFloat(result))");

        Assert.Equal((VerificationPhase.Successful, "NaN"), (measured.Phase, measured.Value));
    }

    [Fact]
    public async Task A_redirect_within_the_host_is_followed() =>
        Assert.Equal(VerificationPhase.Successful, (await MeasureAsync("/to-json", "result.n == 3")).Phase);

    [Theory]
    [InlineData("POST", "text", null, "text/plain; charset=utf-8", "text")]
    [InlineData("PUT", null, """{"a":"{{args.secret}}"}""", "application/json", """{"a":"s3cr3t"}""")]
    public async Task Bodies_are_sent(string method, string? body, string? json, string type, string sent)
    {
        var measured = await MeasureAsync(
            "/echo",
            $"result.method == \"{method}\" && result.type == \"{type}\" && result.body == `{sent}`",
            change: web => web with { Method = method, Body = body, JsonBody = json is null ? null : System.Text.Json.Nodes.JsonNode.Parse(json) });

        Assert.True(measured.Phase is VerificationPhase.Successful, measured.Value + measured.Message);
    }

    [Fact]
    public async Task Secrets_go_out_and_never_come_back()
    {
        var measured = await MeasureAsync(
            "/echo?token={{args.secret}}",
            "result.header == \"s3cr3t\" && result.query == \"?token=s3cr3t\" && result.no == \"s3cr3t\"",
            change: web => web with { Headers = [new("X-Key", "{{args.secret}}")] });

        Assert.Equal(VerificationPhase.Failed, measured.Phase);
        Assert.Contains("***", measured.Value);
        Assert.DoesNotContain("s3cr3t", measured.Value + measured.Message);
    }

    [Fact]
    public async Task A_header_that_is_none_is_named_without_its_value()
    {
        var measured = await MeasureAsync("/json", "true", change: web => web with { Headers = [new("Authorization", "token a\nb")] });

        Assert.Equal((VerificationPhase.Error, true), (measured.Phase, measured.Message.Contains("Authorization can't be sent", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_an_error_that_names_it()
    {
        _vault.Secrets.Clear();
        var nothing = await MeasureAsync("/json", "true", change: web => web with { Headers = [new("X-Key", "{{args.secret}}")] }, secrets: false);
        _vault.Secrets["vault"] = new() { ["OTHER"] = "x" };
        var noKey = await MeasureAsync("/json", "true", change: web => web with { Headers = [new("X-Key", "{{args.secret}}")] }, secrets: false);

        Assert.Equal("There is no secret vault for project shop, which the argument secret comes from.", nothing.Message);
        Assert.Equal("Secret vault has no key KEY, which the argument secret comes from.", noKey.Message);
    }

    [Fact]
    public async Task Certificates_are_checked_unless_the_settings_and_the_template_say_otherwise()
    {
        var measured = await MeasureAsync("/json", "result.n == 3", change: web => web with { IsInsecure = true });
        var allowed = await MeasureAsync("/json", "result.n == 3", change: web => web with { IsInsecure = true }, options: new VerificationOptions { AllowInsecure = true });

        Assert.Contains("Verification:AllowInsecure", measured.Message);
        Assert.Equal((VerificationPhase.Error, VerificationPhase.Successful), (measured.Phase, allowed.Phase));
    }

    private static async Task DripAsync(HttpContext context)
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(" "), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private async Task<Measurement> MeasureAsync(
        string path, string? success, string? failure = null, Func<WebMetric, WebMetric>? change = null, VerificationOptions? options = null, bool secrets = true)
    {
        if (secrets)
        {
            _vault.Secrets["vault"] = new() { ["KEY"] = "s3cr3t" };
        }

        var web = new WebMetric { Url = path.StartsWith('/') ? _url + path : path, Timeout = TimeSpan.FromSeconds(1) };
        var metric = new MetricSpec { Name = "m", SuccessCondition = success, FailureCondition = failure, Provider = change?.Invoke(web) ?? web };
        await using var services = new ServiceCollection().AddWaybillOutboundHttp().BuildServiceProvider();
        var requests = new OutboundRequests(services.GetRequiredService<IHttpClientFactory>(), options ?? new VerificationOptions());
        var measurer = new MetricMeasurer([new WebMetricSource(requests)], _vault, new FakeTimeProvider(A.Noon), NullLogger<MetricMeasurer>.Instance);
        var run = new AnalysisRun
        {
            Name = "dev.01.c0ffee",
            Actor = "waybill",
            StartedAt = A.Noon,
            Deadline = A.Noon.AddHours(1),
            Arguments = [new AnalysisArgument("secret", null, new SecretKeyReference("vault", "KEY"))],
        };
        return await measurer.MeasureAsync(Promotion(), run, metric, default);
    }

    private static Promotion Promotion() => new()
    {
        Project = A.Project,
        Name = "dev.p",
        Stage = "dev",
        Freight = FreightReference.To(A.Freight("c0ffee", "app", A.Noon)),
        Collection = new Dictionary<string, FreightReference>(),
        Actor = "ada",
        CreatedAt = A.Noon,
    };
}
