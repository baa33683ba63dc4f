using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Steps;
using Waybill.Engine.Steps.Git;
using Waybill.Engine.WorkTrees;
using Waybill.Expressions;

namespace Waybill.Engine.Promotions;

/// <summary>Runs one step once: evaluates its condition and configuration, and lets the step of that kind do its work.</summary>
public sealed partial class StepExecutor(
    IEnumerable<IPromotionStep> steps, PromotionScope scopes, ExpressionCache cache, TimeProvider time, ILogger<StepExecutor> logger)
{
    /// <summary>No single run of a step takes longer; what takes longer waits between runs.</summary>
    private static readonly TimeSpan RunTimeout = TimeSpan.FromSeconds(100);

    private const int MaxOutputCharacters = 48 * 1024;
    private const int MaxOutputsCharacters = 256 * 1024;
    private const int MaxMessageCharacters = 4000;

    private readonly Dictionary<string, IPromotionStep> _steps = steps.ToDictionary(s => s.Uses);

    public TimeSpan DefaultTimeoutOf(string uses) => _steps.TryGetValue(uses, out var step) ? step.DefaultTimeout : RunTimeout;

    /// <summary>Whether any expression that the step may evaluate asks for metadata, which has to be read first.</summary>
    public static bool ReadsMetadata(Promotion promotion, int index)
    {
        var step = promotion.Steps[index];
        return promotion.Vars.Concat(step.Vars).Select(v => v.Value).Append(step.If ?? "").Append(step.Config.ToJsonString())
            .Any(text => text.Contains("Metadata", StringComparison.Ordinal));
    }

    public async Task<StepResult> RunAsync(Promotion promotion, int index, PromotionFacts facts, CancellationToken cancellationToken)
    {
        var definition = promotion.Steps[index];
        if (!_steps.TryGetValue(definition.Uses, out var step))
        {
            return StepResult.Errored($"There is no step {definition.Uses}; this promotion was created by another version of Waybill.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(RunTimeout);
        try
        {
            return await RunAsync(step, promotion, index, facts, deadline.Token);
        }
        catch (GitHubException error)
        {
            return GitHubFailure.Judge(error, new StepContext { Promotion = promotion, Index = index, Config = [], Now = time.GetUtcNow() });
        }
        catch (Exception error) when (error is WorkTreeException or FileEditException)
        {
            return StepResult.Failed(error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return StepResult.TransientError($"{definition.Uses} did not come back within {RunTimeout.TotalSeconds:0} seconds.");
        }
        catch (Exception error) when (error is ExpressionException or ExpressionFunctionException or StepConfigException)
        {
            return StepResult.Errored(error.Message);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StorageUnavailableException))
        {
            LogUnexpected(error, definition.Uses, promotion.Name);
            return StepResult.Errored($"Unexpected {error.GetType().Name} in {definition.Uses}: {error.Message}");
        }
    }

    private async Task<StepResult> RunAsync(
        IPromotionStep step, Promotion promotion, int index, PromotionFacts facts, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var definition = promotion.Steps[index];
        var state = promotion.StepStates[index];
        var scope = scopes.For(promotion, index, facts, now);
        var options = new EvaluationOptions { Now = now };
        var isFirstRun = state is { Wait: null, Memory: null };
        if (isFirstRun && Refuses(promotion, definition, scope, options) is { } reason)
        {
            return StepResult.Skipped(reason);
        }

        var config = (JsonObject)Template.EvaluateJson(definition.Config, scope, options, cache)!;
        var result = await step.RunAsync(
            new StepContext { Promotion = promotion, Index = index, Config = config, Now = now }, cancellationToken);
        return Bound(result, promotion);
    }

    // A record has to fit the store. A message is cut where everybody can see it; a cut output would mislead later steps.
    private static StepResult Bound(StepResult result, Promotion promotion) => result switch
    {
        { Output: { } output } when Size(output) > MaxOutputCharacters =>
            StepResult.Errored($"The step's output is larger than {MaxOutputCharacters / 1024} KiB; have it select less."),
        { Output: { } output } when Size(output) + promotion.StepStates.Sum(s => Size(s.Output)) > MaxOutputsCharacters =>
            StepResult.Errored($"The steps' outputs are larger than {MaxOutputsCharacters / 1024} KiB together; have them select less."),
        _ when result.Metadata.Sum(m => m.Values.Values.Sum(Size)) > MaxOutputCharacters =>
            StepResult.Errored($"The metadata is larger than {MaxOutputCharacters / 1024} KiB; attach less."),
        { Message.Length: > MaxMessageCharacters } => result with { Message = $"{result.Message[..MaxMessageCharacters]}… (cut)" },
        _ => result,
    };

    private static int Size(JsonNode? node) => node?.ToJsonString().Length ?? 0;

    private string? Refuses(Promotion promotion, PromotionStep step, ExpressionScope scope, EvaluationOptions options)
    {
        if (step.If is not { Length: > 0 } condition)
        {
            return promotion.WorstStepPhase.IsUnsuccessful() ? "A step before it did not succeed." : null;
        }

        var truth = condition.Contains("${{", StringComparison.Ordinal) || condition.Contains("${%", StringComparison.Ordinal)
            ? cache.Template(condition).Evaluate(scope, options)
            : cache.Expression(condition).Evaluate(scope, options);
        return truth switch
        {
            true => null,
            false => $"Its condition {condition} is false.",
            _ => throw new StepConfigException($"if: {condition} is {truth ?? "nil"}, not true or false."),
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Step {Uses} of promotion {Promotion} broke.")]
    private partial void LogUnexpected(Exception error, string uses, string promotion);
}
