using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Waybill.Web.Routing;

namespace Waybill.Functions.Tests.Head;

public sealed class TriggerTests
{
    [Fact]
    public void Every_function_has_one_trigger_and_a_name_of_its_own()
    {
        Assert.All(HeadFunctions.All, f => Assert.Single(f.GetParameters(), p => p.GetCustomAttributes(false).Any(a => a.GetType().Name.EndsWith("TriggerAttribute", StringComparison.Ordinal))));
        Assert.Equal(HeadFunctions.All.Count, HeadFunctions.All.Select(HeadFunctions.NameOf).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Both_heads_serve_the_same_routes()
    {
        var bound = HeadFunctions.All
            .Select(f => (Name: HeadFunctions.NameOf(f), Trigger: HeadFunctions.TriggerOf<HttpTriggerAttribute>(f)))
            .Where(f => f.Trigger is not null)
            .Select(f => (f.Name, Method: Assert.Single(f.Trigger!.Methods!).ToUpperInvariant(), Pattern: PatternOf(f.Trigger)));

        Assert.Equal(RouteTable.All.Select(r => (r.Name, r.Method, r.Pattern)).Order(), bound.Order());
    }

    [Fact]
    public void Http_functions_are_anonymous_to_the_host_because_the_surface_decides_who_may()
    {
        var triggers = HeadFunctions.All.Select(HeadFunctions.TriggerOf<HttpTriggerAttribute>).OfType<HttpTriggerAttribute>();

        Assert.All(triggers, t => Assert.Equal(AuthorizationLevel.Anonymous, t.AuthLevel));
    }

    [Fact]
    public void Routes_are_what_the_worker_can_parse_and_the_host_does_not_replace_by_the_functions_name()
    {
        Assert.All(HeadFunctions.All.Select(HeadFunctions.TriggerOf<HttpTriggerAttribute>).OfType<HttpTriggerAttribute>(), trigger =>
        {
            Assert.False(string.IsNullOrEmpty(trigger.Route));
            Assert.NotNull(RoutePatternFactory.Parse($"/{trigger.Route}"));
            Assert.DoesNotMatch("^(admin|runtime)(/|$)", trigger.Route);
        });
    }

    [Fact]
    public void Http_functions_take_a_request_and_return_a_result_and_those_that_change_something_take_a_client()
    {
        foreach (var function in HeadFunctions.All.Where(f => HeadFunctions.TriggerOf<HttpTriggerAttribute>(f) is not null))
        {
            Assert.Equal(typeof(Task<IResult>), function.ReturnType);
            Assert.Equal(typeof(HttpRequest), function.GetParameters()[0].ParameterType);
            Assert.Equal(HeadFunctions.TriggerOf<HttpTriggerAttribute>(function)!.Methods is ["post"], HeadFunctions.TakesClient(function));
        }
    }

    [Theory]
    [InlineData("Sweep", "%SweepSchedule%", true)]
    [InlineData("RefreshHealth", "%HealthSchedule%", false)]
    [InlineData("PollWarehouses", "%PollSchedule%", true)]
    [InlineData("KeepHouse", "%HousekeepingSchedule%", true)]
    public void Timers_have_their_schedule_from_a_setting(string name, string schedule, bool takesClient)
    {
        var function = HeadFunctions.All.Single(f => HeadFunctions.NameOf(f) == name);
        var trigger = HeadFunctions.TriggerOf<TimerTriggerAttribute>(function)!;

        // The monitor is what makes up for ticks that were missed; nothing runs at every start of an instance.
        Assert.Equal((schedule, true, false), (trigger.Schedule, trigger.UseMonitor, trigger.RunOnStartup));
        Assert.Equal(takesClient, HeadFunctions.TakesClient(function));
    }

    [Fact]
    public void There_are_no_other_timers() =>
        Assert.Equal(4, HeadFunctions.All.Count(f => HeadFunctions.TriggerOf<TimerTriggerAttribute>(f) is not null));

    [Theory]
    [InlineData("PromotionOrchestrator")]
    [InlineData("ProjectOrchestrator")]
    public void Orchestrators_are_static_and_take_their_context_alone(string name)
    {
        var function = HeadFunctions.All.Single(f => HeadFunctions.NameOf(f) == name);

        Assert.NotNull(HeadFunctions.TriggerOf<OrchestrationTriggerAttribute>(function));
        Assert.True(function.IsStatic);
        Assert.Equal([typeof(TaskOrchestrationContext)], function.GetParameters().Select(p => p.ParameterType));
    }

    [Theory]
    [InlineData("NextDirective", false)]
    [InlineData("ExecuteStep", true)]
    [InlineData("FinishPromotion", true)]
    [InlineData("MeasureVerification", true)]
    [InlineData("GiveUpOnPromotion", true)]
    [InlineData("EvaluateProject", true)]
    public void Activities_take_their_input_first_and_a_client_where_they_cause_work(string name, bool takesClient)
    {
        var function = HeadFunctions.All.Single(f => HeadFunctions.NameOf(f) == name);

        Assert.NotNull(HeadFunctions.TriggerOf<ActivityTriggerAttribute>(function));
        Assert.True(function.GetParameters()[0].IsDefined(typeof(ActivityTriggerAttribute), false));
        Assert.Equal(takesClient, HeadFunctions.TakesClient(function));
    }

    [Fact]
    public void There_is_no_function_beyond_these() => Assert.Equal(RouteTable.All.Count + 4 + 2 + 6, HeadFunctions.All.Count);

    private static string PatternOf(HttpTriggerAttribute trigger) =>
        trigger.Route!.StartsWith("{root:", StringComparison.Ordinal) ? "/" : $"/{trigger.Route}";
}
