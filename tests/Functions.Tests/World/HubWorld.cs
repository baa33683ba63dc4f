using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Functions.Driving;
using Waybill.Functions.Durable;
using Waybill.FunctionsContract.Replay;

namespace Waybill.Functions.Tests.World;

/// <summary>The head's orchestrations and activities in a task hub that replays, with a clock that stands still between steps.</summary>
internal sealed class HubWorld : IAsyncDisposable
{
    private readonly PromotionWorld _world;

    private HubWorld(PromotionWorld world, FakeTimeProvider time)
    {
        _world = world;
        Time = time;
        Activities = new ActivityCatalog(typeof(PromotionActivities).Assembly, world.Services);
        Hub = new TaskHub(time, Activities);
        foreach (var method in Orchestrators())
        {
            Hub.Add(method.GetCustomAttribute<FunctionAttribute>()!.Name, Wrap(method));
        }
    }

    public FakeTimeProvider Time { get; }

    public TaskHub Hub { get; }

    public ActivityCatalog Activities { get; }

    public DurableTaskClient Client => Hub.Client;

    public PromotionWorld World => _world;

    public ScriptedStep Step => _world.Step;

    public static async Task<HubWorld> CreateAsync(params Stage[] stages)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        return new HubWorld(await PromotionWorld.CreateAsync(PipelineBuilder.Of(stages), time), time);
    }

    public async Task<(Freight Freight, string Promotion)> BeginAsync(string stage = "dev")
    {
        var freight = await _world.AddFreightAsync();
        var promotion = await _world.PromoteAsync(Client, freight, stage);
        await Hub.RunAsync();
        return (freight, promotion);
    }

    public ReplayingOrchestration InstanceOf(string promotion) => Hub.Instance(InstanceIds.Of(PromotionWorld.Key(promotion)));

    public Task<Promotion> PromotionAsync(string name) => _world.PromotionAsync(name);

    /// <summary>Lets time pass until a promotion's orchestration is over.</summary>
    public async Task<Promotion> FinishAsync(string promotion, TimeSpan? limit = null)
    {
        await Hub.AdvanceUntilAsync(() => InstanceOf(promotion).IsOver, limit ?? TimeSpan.FromHours(1));
        return await PromotionAsync(promotion);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static IEnumerable<MethodInfo> Orchestrators() => typeof(PromotionOrchestrator).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods())
        .Where(m => m.GetParameters().Any(p => p.IsDefined(typeof(OrchestrationTriggerAttribute))));

    private static Orchestrator Wrap(MethodInfo method) => async context =>
    {
        var task = (Task)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [context], null)!;
        await task;
        return method.ReturnType == typeof(Task) ? null : task.GetType().GetProperty("Result")!.GetValue(task);
    };
}
