using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Engine.PulumiCloud;

namespace Waybill.Engine.Steps;

/// <summary>Asks Pulumi Cloud about a run that the operator says is over. Its absence is normal; its disagreement fails the step.</summary>
internal sealed class StackRunConfirmer(StackWitness witness, Promotion promotion, string commit, DateTimeOffset now, bool isLastLook)
{
    public async Task<StackProgress> AskAsync(StackProgress progress, CancellationToken cancellationToken)
    {
        var isPatient = !isLastLook && witness.IsPatient(progress.AskedSince, now);
        if (isPatient && now < progress.AskAgainAt)
        {
            return progress;
        }

        var outcome = await witness.WitnessAsync(QuestionAbout(progress), isPatient, cancellationToken);
        return outcome.State switch
        {
            WitnessState.NotYet => progress with
            {
                AskedSince = progress.AskedSince ?? now,
                AskAgainAt = outcome.RetryAfter is { } pause ? now + pause : null,
                Message = outcome.Message,
            },
            WitnessState.Disagrees => End(progress, StackProgressState.Failed, outcome, outcome.Message),
            _ => End(progress, progress.IsSuccess ? StackProgressState.Succeeded : StackProgressState.Failed, outcome, Both(progress, outcome)),
        };
    }

    private static StackProgress End(StackProgress progress, StackProgressState state, WitnessOutcome outcome, string message) =>
        progress with { State = state, Message = message, Run = outcome.Run, AskAgainAt = null };

    // What was awaited from Pulumi Cloud is no news any more; what the operator said is.
    private string Both(StackProgress progress, WitnessOutcome outcome)
    {
        var said = progress.AskedSince is null ? progress.Message : $"{progress.Type} of {commit} succeeded.";
        return $"{said} {outcome.Message}".TrimEnd();
    }

    private RunQuestion QuestionAbout(StackProgress progress) => new()
    {
        Stack = progress.Stack,
        PulumiStack = progress.PulumiStack,
        Permalink = progress.Permalink,
        Succeeded = progress.IsSuccess,
        Commit = commit,
        Type = progress.Type,
        Since = promotion.StartedAt ?? promotion.CreatedAt,
        Request = promotion.Name,
        Generation = progress.Generation,
    };
}
