using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Waybill.FunctionsContract.Replay;

/// <summary>An assembly's activities by name, run on instances that a container makes, as the worker does.</summary>
public sealed class ActivityCatalog(Assembly assembly, IServiceProvider services)
{
    private readonly Dictionary<string, MethodInfo> _methods = assembly.GetTypes()
        .SelectMany(t => t.GetMethods())
        .Where(m => m.GetParameters().Any(p => p.IsDefined(typeof(ActivityTriggerAttribute))))
        .ToDictionary(m => m.GetCustomAttribute<FunctionAttribute>()!.Name, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, Func<Exception?>> _breakages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Has an activity throw, before it does anything, what a function returns; null lets it pass.</summary>
    public void Break(string name, Func<Exception?> with) => _breakages[name] = with;

    internal async Task<HistoryEvent> RunAsync(HistoryEvent.Scheduled asked, DurableTaskClient client, TimeProvider time)
    {
        try
        {
            if (_breakages.GetValueOrDefault(asked.Name)?.Invoke() is { } breakage)
            {
                throw breakage;
            }

            var result = await InvokeAsync(asked, client);
            return new HistoryEvent.Completed(time.GetUtcNow().UtcDateTime, asked.Id, Json.Write(result));
        }
        catch (Exception error) when (error is not NonDeterminismException)
        {
            return new HistoryEvent.Failed(time.GetUtcNow().UtcDateTime, asked.Id, error.GetType().FullName!, error.Message);
        }
    }

    private async Task<object?> InvokeAsync(HistoryEvent.Scheduled asked, DurableTaskClient client)
    {
        if (!_methods.TryGetValue(asked.Name, out var method))
        {
            throw new InvalidOperationException($"There is no activity {asked.Name}.");
        }

        using var scope = services.CreateScope();
        var target = ActivatorUtilities.CreateInstance(scope.ServiceProvider, method.DeclaringType!);
        object?[] arguments = [.. method.GetParameters().Select(p => Argument(p, asked.Input, client))];
        var task = (Task)method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task);
    }

    private static object? Argument(ParameterInfo parameter, string? input, DurableTaskClient client) => parameter switch
    {
        _ when parameter.IsDefined(typeof(ActivityTriggerAttribute)) => Json.Read(input, parameter.ParameterType),
        _ when parameter.IsDefined(typeof(DurableClientAttribute)) => client,
        _ when parameter.ParameterType == typeof(CancellationToken) => CancellationToken.None,
        _ => throw new InvalidOperationException($"The worker can't bind parameter {parameter.Name} of an activity."),
    };
}
