using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.AutoPromotion;
using Waybill.Engine.Promotions;
using Waybill.Functions.Driving;
using Waybill.Functions.Durable;
using Waybill.Functions.Tests.World;

namespace Waybill.Durable.Tests;

/// <summary>The head's orchestrations and activities on the SDK's own engine, with real timers.</summary>
internal sealed class DurableWorld : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private DurableTaskTestHost _host = null!;
    private int _activities;

    private DurableWorld(PromotionWorld world) => World = world;

    public PromotionWorld World { get; }

    public DurableTaskClient Client => _host.Client;

    public ScriptedStep Step => World.Step;

    /// <summary>How often an activity was run.</summary>
    public int ActivitiesRun => Volatile.Read(ref _activities);

    /// <summary>Says of the nth activity run, the first being 1, whether the process dies right after its work: the result is lost.</summary>
    public Func<int, bool> DiesAfter { get; set; } = _ => false;

    public static async Task<DurableWorld> CreateAsync(params Stage[] stages)
    {
        var world = new DurableWorld(await PromotionWorld.CreateAsync(PipelineBuilder.Of(stages), TimeProvider.System));
        world._host = await DurableTaskTestHost.StartAsync(world.Register);
        return world;
    }

    public async Task<(Freight Freight, string Promotion)> BeginAsync(string stage = "dev")
    {
        var freight = await World.AddFreightAsync();
        return (freight, await World.PromoteAsync(Client, freight, stage));
    }

    /// <summary>Waits for a promotion's orchestration to end.</summary>
    public async Task<(Promotion Promotion, OrchestrationMetadata Instance)> FinishAsync(string name)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var instance = await Client.WaitForInstanceCompletionAsync(IdOf(name), getInputsAndOutputs: true, deadline.Token);
        return (await World.PromotionAsync(name), instance);
    }

    /// <summary>Waits until a promotion's custom status holds a text.</summary>
    public async Task ShowsAsync(string name, string text)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while ((await Client.GetInstanceAsync(IdOf(name), getInputsAndOutputs: true, deadline.Token))?.SerializedCustomStatus?.Contains(text, StringComparison.Ordinal) is not true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }

    public static string IdOf(string promotion) => InstanceIds.Of(PromotionWorld.Key(promotion));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await World.DisposeAsync();
    }

    // The types of the inputs are said here because the worker of Azure Functions, which converts them when asked, is not part of this host.
    private void Register(DurableTaskRegistry registry)
    {
        registry.AddOrchestratorFunc<PromotionRun, string>(nameof(PromotionOrchestrator), (context, _) => PromotionOrchestrator.RunAsync(context));
        registry.AddOrchestratorFunc<ProjectRun>(nameof(ProjectOrchestrator), (context, _) => ProjectOrchestrator.RunAsync(context));
        Add(registry, nameof(PromotionActivities.NextDirective), (a, task) => a.NextDirective(task, CancellationToken.None));
        Add(registry, nameof(PromotionActivities.ExecuteStep), (a, task) => a.ExecuteStep(task, Client, CancellationToken.None));
        Add(registry, nameof(PromotionActivities.FinishPromotion), (a, task) => a.FinishPromotion(task, Client, CancellationToken.None));
        Add(registry, nameof(PromotionActivities.MeasureVerification), (a, task) => a.MeasureVerification(task, Client, CancellationToken.None));
        Add(registry, nameof(PromotionActivities.GiveUpOnPromotion), (a, task) => a.GiveUpOnPromotion(task, Client, CancellationToken.None));
        registry.AddActivityFunc<string, DateTimeOffset?>(
            nameof(ProjectActivities.EvaluateProject),
            (_, project) => CountAsync(() => new ProjectActivities(World.Get<ProjectEvaluator>(), World.Get<DurableClients>())
                .EvaluateProject(project, Client, CancellationToken.None)));
    }

    private void Add(DurableTaskRegistry registry, string name, Func<PromotionActivities, PromotionTask, Task<Directive>> activity) =>
        registry.AddActivityFunc<PromotionTask, Directive>(
            name,
            (_, task) => CountAsync(() => activity(new PromotionActivities(World.Get<PromotionRunner>(), World.Get<DurableClients>()), task)));

    private async Task<T> CountAsync<T>(Func<Task<T>> work)
    {
        var run = Interlocked.Increment(ref _activities);
        var result = await work();
        return DiesAfter(run) ? throw new InvalidOperationException("The process died because this test says so.") : result;
    }
}
