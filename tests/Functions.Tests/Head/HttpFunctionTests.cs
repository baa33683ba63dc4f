using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Domain.Promotions;
using Waybill.Functions.Driving;
using Waybill.Functions.Http;
using Waybill.Functions.Tests.World;
using Waybill.Web;
using Waybill.Web.Routing;
using Waybill.Web.Viewing;
using static Waybill.Functions.Tests.World.PipelineBuilder;

namespace Waybill.Functions.Tests.Head;

public sealed class HttpFunctionTests
{
    [Fact]
    public async Task A_promotion_that_was_asked_for_over_http_runs_to_its_end()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));
        var freight = await world.World.AddFreightAsync();
        await using var services = Services(world, new Visitor(Principal.Named("ada@example.com"), MayPromote: true) { ByBearer = true });
        var functions = new ApiFunctions(services.GetRequiredService<Surface>(), services.GetRequiredService<DurableClients>());
        var request = Request(services, "POST", $"{{\"freight\":\"{freight.Id}\"}}", ("project", Project), ("stage", "dev"));

        var status = await AnswerAsync(request, () => functions.Promote(request, world.Client));
        await world.Hub.RunAsync();

        Assert.InRange(status, 200, 202);
        Assert.NotEmpty((await world.World.StageAsync("dev")).Current);
    }

    [Fact]
    public async Task Who_is_not_signed_in_gets_nothing_from_any_function_that_needs_it()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));
        await using var services = Services(world, null);
        var functions = new ApiFunctions(services.GetRequiredService<Surface>(), services.GetRequiredService<DurableClients>());
        var request = Request(services, "GET", null, ("project", Project));

        Assert.Equal(401, await AnswerAsync(request, () => functions.ListStages(request)));
    }

    [Fact]
    public async Task A_forged_webhook_is_turned_away()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));

        Assert.Equal(401, await ForgeWebhookAsync(world));
    }

    /// <summary>What a delivery that nobody signed with our secret is answered.</summary>
    internal static async Task<int> ForgeWebhookAsync(HubWorld world)
    {
        await using var services = Services(world, null);
        var functions = new WebhookFunctions(services.GetRequiredService<Surface>(), services.GetRequiredService<DurableClients>());
        var request = Request(services, "POST", "{}");
        request.Headers["X-GitHub-Event"] = "push";
        request.Headers["X-GitHub-Delivery"] = "1";
        request.Headers["X-Hub-Signature-256"] = $"sha256={new string('0', 64)}";
        return await AnswerAsync(request, () => functions.ReceivePush(request, world.Client));
    }

    [Fact]
    public async Task A_webhook_that_may_be_Pulumi_Clouds_is_turned_away_where_nobody_set_a_secret()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));
        await using var services = Services(world, null);
        var functions = new WebhookFunctions(services.GetRequiredService<Surface>(), services.GetRequiredService<DurableClients>());
        var request = Request(services, "POST", "{}");
        request.Headers["Pulumi-Webhook-Kind"] = "stack_update";
        request.Headers["Pulumi-Webhook-Signature"] = new string('0', 64);

        Assert.Equal(503, await AnswerAsync(request, () => functions.ReceiveRun(request, world.Client)));
    }

    private static async Task<int> AnswerAsync(HttpRequest request, Func<Task<IResult>> function)
    {
        // The worker's middleware executes what the function returns.
        await (await function()).ExecuteAsync(request.HttpContext);
        return request.HttpContext.Response.StatusCode;
    }

    private static HttpRequest Request(IServiceProvider services, string method, string? body, params (string Key, string Value)[] route)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = method;
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        context.Request.ContentLength = body?.Length ?? 0;
        context.Response.Body = new MemoryStream();
        foreach (var (key, value) in route)
        {
            context.Request.RouteValues[key] = value;
        }

        return context.Request;
    }

    private static ServiceProvider Services(HubWorld world, Visitor? visitor) => world.World.Register(new ServiceCollection())
        .AddLogging()
        .AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(NullLoggerFactory.Instance)
        .AddWaybillWeb()
        .AddSingleton<IViewer>(new FixedViewer(visitor))
        .BuildServiceProvider();

    private sealed class FixedViewer(Visitor? visitor) : IViewer
    {
        public ValueTask<Visitor?> IdentifyAsync(HttpContext context) => new(visitor);
    }
}
