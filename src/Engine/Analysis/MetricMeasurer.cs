using Microsoft.Extensions.Logging;
using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Secrets;
using Waybill.Expressions;

namespace Waybill.Engine.Analysis;

/// <summary>Takes one measurement: resolves the arguments, asks the metric's source, judges the answer, and keeps secrets out of what is stored.</summary>
public sealed partial class MetricMeasurer(
    IEnumerable<IMetricSource> sources, ISecretSource secrets, TimeProvider time, ILogger<MetricMeasurer> logger)
{
    /// <summary>No measurement takes longer, whatever its metric says; what takes longer is looked at again.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(65);

    private readonly IMetricSource[] _sources = [.. sources];

    public async Task<Measurement> MeasureAsync(Promotion promotion, AnalysisRun run, MetricSpec metric, CancellationToken cancellationToken)
    {
        var arguments = await ResolveAsync(promotion.Project, run.Arguments, cancellationToken);
        var startedAt = time.GetUtcNow();
        var request = new MetricRequest(promotion, run, metric.With(arguments.Values.GetValueOrDefault), startedAt);
        var masker = Masker.Of(arguments.Secrets);
        var begun = request.Incomplete?.StartedAt ?? startedAt;
        var (reading, message) = arguments.Problem is { } problem ? (Reading.Error(problem), problem) : await ReadAsync(request, masker, cancellationToken);
        var (phase, reason) = reading.Phase is { } verdict ? (verdict, message) : MetricConditions.Judge(request.Metric, reading.Result, startedAt);
        var now = time.GetUtcNow();
        return new Measurement
        {
            StartedAt = begun,
            FinishedAt = phase.IsTerminal() ? now : null,
            LookedAt = phase.IsTerminal() ? null : now,
            Phase = phase,
            Value = reading.Phase is null ? Cut(masker.Mask(Shown(reading.Result)), Measurement.MaxValueLength) : null,
            Message = Cut(masker.Mask(reason), Measurement.MaxMessageLength),
            Handle = reading.Handle,
        };
    }

    /// <summary>Lets go of what the metric's incomplete measurement has under way.</summary>
    public async Task ReleaseAsync(Promotion promotion, AnalysisRun run, MetricSpec metric, CancellationToken cancellationToken)
    {
        var values = run.Arguments.Where(a => a.Value is not null).ToDictionary(a => a.Name, a => a.Value);
        var request = new MetricRequest(promotion, run, metric.With(values.GetValueOrDefault), time.GetUtcNow());
        if (Array.Find(_sources, s => s.Measures(metric.Provider)) is { } source)
        {
            await source.ReleaseAsync(request, cancellationToken);
        }
    }

    private async Task<(Reading Reading, string Message)> ReadAsync(MetricRequest request, Masker masker, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limit);
        try
        {
            var source = _sources.FirstOrDefault(s => s.Measures(request.Metric.Provider));
            var reading = source is null
                ? Reading.Error("This version of Waybill can't measure it.")
                : await source.ReadAsync(request, deadline.Token);
            return (reading, reading.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var message = $"The measurement did not come back within {Limit.TotalSeconds:0} seconds.";
            return (Reading.Error(message), message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The exception's own text could hold what the request held.
            LogUnexpected(error.GetType().Name, masker.Mask(error.Message), request.Metric.Name, request.Run.Name);
            var message = $"Unexpected {error.GetType().Name}: {error.Message}";
            return (Reading.Error(message), message);
        }
    }

    private async Task<ResolvedArguments> ResolveAsync(string project, IReadOnlyList<AnalysisArgument> arguments, CancellationToken cancellationToken)
    {
        var resolved = new ResolvedArguments();
        var read = new Dictionary<string, IReadOnlyDictionary<string, string>?>();
        foreach (var argument in arguments)
        {
            if (argument.Secret is not { } reference)
            {
                resolved.Values[argument.Name] = argument.Value ?? "";
                continue;
            }

            if (!read.TryGetValue(reference.Name, out var secret))
            {
                try
                {
                    read[reference.Name] = secret = await secrets.GetSecretAsync(project, reference.Name, cancellationToken);
                }
                catch (SecretUnavailableException error)
                {
                    resolved.Problem ??= error.Message;
                    continue;
                }
            }

            if (secret?.GetValueOrDefault(reference.Key) is { } value)
            {
                resolved.Values[argument.Name] = value;
                resolved.Secrets.Add(value);
            }
            else
            {
                resolved.Problem ??= secret is null
                    ? $"There is no secret {reference.Name} for project {project}, which the argument {argument.Name} comes from."
                    : $"Secret {reference.Name} has no key {reference.Key}, which the argument {argument.Name} comes from.";
            }
        }

        return resolved;
    }

    private static string Shown(object? result)
    {
        try
        {
            return ExpressionValue.ToText(result);
        }
        catch (ArgumentException)
        {
            return result is double number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "(can't be shown)";
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : $"{text[..length]}… (cut)";

    [LoggerMessage(Level = LogLevel.Error, Message = "Measuring {Metric} of {Run} broke: {ErrorType}: {ErrorMessage}")]
    private partial void LogUnexpected(string errorType, string errorMessage, string metric, string run);

    private sealed class ResolvedArguments
    {
        public Dictionary<string, string> Values { get; } = [];

        public List<string> Secrets { get; } = [];

        public string? Problem { get; set; }
    }
}
