namespace Waybill.Domain.PulumiCloud;

/// <summary>What a record says about a question.</summary>
/// <param name="State">Whether it bears the operator out.</param>
/// <param name="Message">The contradiction, or what is still missing, as a sentence; empty when they agree.</param>
public sealed record RunTestimony(RunTestimonyState State, string Message);

/// <summary>The ways a record can bear on what the operator says.</summary>
public enum RunTestimonyState
{
    Agrees,

    /// <summary>The record is of a run that has not ended.</summary>
    Unfinished,
    Disagrees,
}

/// <summary>
/// Compares what the operator says of a run with what Pulumi Cloud recorded. The operator can take a run whose connection broke for
/// a success (its update_controller.go, 808-821): then only the record tells.
/// </summary>
public static class RunWitness
{
    // Pulumi's clock and ours need not agree to the second, and its times have no fractions.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    public static RunTestimony Judge(RunQuestion question, CloudRun run)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(run);
        if (run.Kind != KindOf(question.Type))
        {
            return Disagrees(question, $"the record is of a run of kind {run.Kind}");
        }

        if (run.Commit is { } commit && !string.Equals(commit, question.Commit, StringComparison.OrdinalIgnoreCase))
        {
            return Disagrees(question, $"the record is of commit {commit}");
        }

        return (run.Result, question.Succeeded) switch
        {
            ("succeeded", true) or ("failed", false) => new(RunTestimonyState.Agrees, ""),
            ("succeeded" or "failed", _) => Disagrees(question, $"it {run.Result}"),
            _ => new(RunTestimonyState.Unfinished, Contradiction(question, $"it is {run.Result}")),
        };
    }

    /// <summary>
    /// Finds our run where no permalink leads to it: the commit, the time and the operator's own reason must be ours. Of the
    /// operator's tries the last; never merely the newest run of the stack. Null when none is certain.
    /// </summary>
    /// <param name="question">What is looked for.</param>
    /// <param name="newestFirst">The stack's records.</param>
    public static CloudRun? Find(RunQuestion question, IEnumerable<CloudRun> newestFirst)
    {
        ArgumentNullException.ThrowIfNull(question);
        var (found, isOurTurn) = ((CloudRun?)null, false);
        foreach (var run in newestFirst.Reverse().Where(r => IsCandidate(question, r)))
        {
            (found, isOurTurn) = ReasonOf(question, run.Message) switch
            {
                Reason.Ours => (run, true),
                Reason.First when found is null => (run, true),
                Reason.Retry when isOurTurn => (run, true),
                Reason.OtherRequest => (found, false),
                _ => (found, isOurTurn),
            };
        }

        return found;
    }

    private static bool IsCandidate(RunQuestion question, CloudRun run) =>
        run.Kind == KindOf(question.Type)
        && string.Equals(run.Commit, question.Commit, StringComparison.OrdinalIgnoreCase)
        && run.StartedAt >= question.Since - ClockSkew;

    // The operator's reasons: isSynced in its stack_controller.go. A template's own message may name the request instead.
    private static Reason ReasonOf(RunQuestion question, string message) => message switch
    {
        _ when message.Contains(question.Request, StringComparison.Ordinal) => Reason.Ours,
        _ when message == $"New stack generation: {question.Generation}" => Reason.Ours,
        _ when message == "Initial stack update" || message == $"New commit detected: \"{question.Commit}\"" => Reason.First,
        _ when message.StartsWith("Backoff time elapsed:", StringComparison.Ordinal) => Reason.Retry,
        _ when message.StartsWith("New stack generation:", StringComparison.Ordinal) => Reason.OtherRequest,
        _ when message.StartsWith("Sync request:", StringComparison.Ordinal) => Reason.OtherRequest,
        _ => Reason.None,
    };

    private static string KindOf(string type) => type switch
    {
        "up" => "update",
        "preview" => "Pupdate",
        _ => type,
    };

    private static RunTestimony Disagrees(RunQuestion question, string said) => new(RunTestimonyState.Disagrees, Contradiction(question, said));

    private static string Contradiction(RunQuestion question, string said) =>
        $"The Stack says that {question.Type} of {question.Commit} {(question.Succeeded ? "succeeded" : "failed")}, but Pulumi Cloud says that {said}.";

    private enum Reason
    {
        /// <summary>Not the operator's, or of no request: it tells nothing.</summary>
        None,
        Ours,

        /// <summary>The Stack's first run, or its first of the commit: ours when none says so itself.</summary>
        First,

        /// <summary>The operator's own, after a failed run of whatever was asked for last.</summary>
        Retry,
        OtherRequest,
    }
}
