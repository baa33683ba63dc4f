using System.Text;
using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ingest;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Ingest;

public sealed class PullRequestWakerTests
{
    [Theory]
    [InlineData("closed", "https://github.com/Acme/App.git", 7, IngestOutcome.Accepted, true)]
    [InlineData("opened", "https://github.com/acme/app.git", 7, IngestOutcome.Ignored, false)]
    [InlineData("closed", "https://github.com/acme/app.git", 8, IngestOutcome.Ignored, false)]
    [InlineData("closed", "https://github.com/acme/other.git", 7, IngestOutcome.Ignored, false)]
    [InlineData("closed", "https://github.example/acme/app.git", 7, IngestOutcome.Ignored, false)]
    [InlineData("closed", "nonsense", 7, IngestOutcome.Malformed, false)]
    public async Task Only_the_end_of_the_request_that_is_waited_for_wakes_a_promotion(string action, string url, int number, IngestOutcome outcome, bool wakes)
    {
        var step = new ScriptedStep("scripted", WaitForSeven, _ => StepResult.Succeeded());
        await using var world = (await World.WithAsync(A.Stage("dev", A.Direct, A.Step("scripted")))).Knows(step);
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.AdvanceAsync(promotion);
        world.Driver.Forget();
        var body = new JsonObject { ["action"] = action, ["number"] = number, ["repository"] = new JsonObject { ["clone_url"] = url } };

        var result = await Waker(world).TakeAsync(Encoding.UTF8.GetBytes(body.ToJsonString()), default);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(wakes ? [promotion.Name] : [], world.Driver.Driven);
        await world.AdvanceAsync(promotion);
        Assert.Equal(wakes ? 2 : 1, step.Runs);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"action":"closed","number":"7"}""")]
    public async Task What_is_no_such_event_is_refused(string body)
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct));

        Assert.Equal(IngestOutcome.Malformed, (await Waker(world).TakeAsync(Encoding.UTF8.GetBytes(body), default)).Outcome);
    }

    private static StepResult WaitForSeven(Engine.Steps.StepContext context) =>
        StepResult.Waiting("Open.", new JsonObject { ["pullRequest"] = "github.com/acme/app#7" }) with { NextCheckAt = context.Now.AddHours(1), Deadline = context.Now.AddDays(1) };

    private static PullRequestWaker Waker(World world) => new(world.Pipelines, world.Store, world.Driver, world.Time);
}
