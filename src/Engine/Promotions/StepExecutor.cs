using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Secrets;
using Waybill.Engine.Steps;
using Waybill.Engine.Steps.Git;
using Waybill.Engine.WorkTrees;
using Waybill.Expressions;

namespace Waybill.Engine.Promotions;

/// <summary>Runs one step once: evaluates its condition and configuration, and lets the step of that kind do its work.</summary>
public sealed partial class StepExecutor(
    IEnumerable<IPromotionStep> steps, StepEvaluator evaluator, TimeProvider time, ILogger<StepExecutor> logger)
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
        var uses = promotion.Steps[index].Uses;
        if (!_steps.TryGetValue(uses, out var step))
        {
            return StepResult.Errored($"There is no step {uses}; this promotion was created by another version of Waybill.");
        }

        var lookups = evaluator.Lookups(promotion.Project);
        var context = new StepContext { Promotion = promotion, Index = index, Config = [], Now = time.GetUtcNow() };
        var result = await ContainAsync(context, lookups, RunAsync, cancellationToken);
        return Bound(SecretGuard.Apply(result, lookups), promotion);

        Task<StepResult> RunAsync(CancellationToken token) => EvaluateAndRunAsync(step, promotion, index, facts with { Lookups = lookups }, token);
    }

    /// <summary>Makes a result of everything that a run may throw.</summary>
    private async Task<StepResult> ContainAsync(
        StepContext context, Lookups lookups, Func<CancellationToken, Task<StepResult>> run, CancellationToken cancellationToken)
    {
        var uses = context.Step.Uses;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(RunTimeout);
        try
        {
            return await run(deadline.Token);
        }
        catch (GitHubException error)
        {
            return GitHubFailure.Judge(error, context);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return StepResult.TransientError($"{uses} did not come back within {RunTimeout.TotalSeconds:0} seconds.");
        }
        catch (SecretUnavailableException error)
        {
            return StepResult.TransientError(error.Message);
        }
        catch (Exception error) when (error
            is ExpressionException or ExpressionFunctionException or StepConfigException or FileEditException or WorkTreeException)
        {
            return StepResult.Errored(error.Message);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StorageUnavailableException))
        {
            LogUnexpected(Loggable(error, lookups.Masker), uses, context.Promotion.Name);
            return StepResult.Errored($"Unexpected {error.GetType().Name} in {uses}: {error.Message}");
        }
    }

    private static Exception Loggable(Exception error, Masker masker) =>
        masker.Reveals(error.ToString()) ? new InvalidOperationException(masker.Mask(error.ToString())) : error;

    private async Task<StepResult> EvaluateAndRunAsync(
        IPromotionStep step, Promotion promotion, int index, PromotionFacts facts, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var evaluated = await evaluator.EvaluateAsync(promotion, index, facts, now, cancellationToken);
        return evaluated.Refusal is { } reason
            ? StepResult.Skipped(reason)
            : await step.RunAsync(
                new StepContext { Promotion = promotion, Index = index, Config = evaluated.Config, Now = now }, cancellationToken);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Step {Uses} of promotion {Promotion} broke.")]
    private partial void LogUnexpected(Exception error, string uses, string promotion);
}
