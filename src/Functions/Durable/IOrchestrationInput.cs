using System.Text.Json;
using Microsoft.DurableTask;

namespace Waybill.Functions.Durable;

/// <summary>An orchestration's input, which comes from outside as far as the orchestration knows.</summary>
public interface IOrchestrationInput
{
    /// <summary>What is wrong with it; null when nothing is.</summary>
    string? Problem { get; }
}

internal static class OrchestrationInput
{
    /// <exception cref="PoisonedInputException">It can't be used. The instance ends Failed with this as its reason; the sweep starts a sound one.</exception>
    public static T Read<T>(this TaskOrchestrationContext context)
        where T : class, IOrchestrationInput
    {
        var (input, problem) = TryRead<T>(context);
        if (input is not null && problem is null)
        {
            return input;
        }

        context.SetCustomStatus(new OrchestrationStatus("Errored", $"The input can't be used: {problem}.", null));
        throw new PoisonedInputException($"The input of {context.Name} {context.InstanceId} can't be used: {problem}.");
    }

    private static (T? Input, string? Problem) TryRead<T>(TaskOrchestrationContext context)
        where T : class, IOrchestrationInput
    {
        try
        {
            var input = context.GetInput<T>();
            return (input, input is null ? "there is none" : input.Problem);
        }
        catch (Exception error) when (error is JsonException or InvalidCastException or NotSupportedException)
        {
            return (null, $"it is no {typeof(T).Name}");
        }
    }
}

/// <summary>An orchestration was started with something that it can't work on.</summary>
public sealed class PoisonedInputException(string message) : Exception(message);
