using Waybill.Domain;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;

namespace Waybill.Engine.PulumiCloud;

/// <summary>
/// Asks Pulumi Cloud whether a run ended as the operator says: by the run's permalink, one request. A failed run has no permalink,
/// and is found by what it ran, when and why. Where there is no Pulumi Cloud, nothing is asked and nothing doubted.
/// </summary>
public sealed class StackWitness(IPulumiCloudClient client, WitnessOptions options)
{
    /// <summary>How far back a failed run is looked for.</summary>
    private const int RecordsSearched = 20;

    /// <summary>Whether there is anybody to ask.</summary>
    public bool IsThere => client.IsConfigured;

    /// <summary>Asks about the last run that a look at a Stack showed.</summary>
    /// <param name="stack">The Stack, its run over.</param>
    /// <param name="commit">The commit that was to run.</param>
    /// <param name="type"><c>up</c> or <c>preview</c>.</param>
    /// <param name="since">When the promotion started.</param>
    /// <param name="request">The promotion's name, which is the request annotation.</param>
    /// <param name="askedFirst">When it was asked first, which <see cref="WitnessOptions.Patience"/> counts from; null now.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public Task<WitnessOutcome> WitnessAsync(
        StackSnapshot stack, string commit, string type, DateTimeOffset since, string request, DateTimeOffset? askedFirst, DateTimeOffset now, CancellationToken cancellationToken) =>
        WitnessAsync(RunQuestion.About(stack, commit, type, since, request), IsPatient(askedFirst, now), cancellationToken);

    /// <summary>Whether to wait on for an answer that was first asked for at a moment.</summary>
    public bool IsPatient(DateTimeOffset? askedFirst, DateTimeOffset now) => askedFirst is null || now - askedFirst < options.Patience;

    /// <summary>Asks, and answers <see cref="WitnessState.NotYet"/> only to who still has patience.</summary>
    public async Task<WitnessOutcome> WitnessAsync(RunQuestion question, bool isPatient, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (!client.IsConfigured)
        {
            return WitnessOutcome.Absent;
        }

        try
        {
            return question.Succeeded
                ? await AskByPermalinkAsync(question, isPatient, cancellationToken)
                : await SearchAsync(question, cancellationToken);
        }
        catch (PulumiCloudException error)
        {
            return error.IsTransient && isPatient && question.Succeeded
                ? new WitnessOutcome(WitnessState.NotYet, $"Waits for Pulumi Cloud to confirm it: {error.Message}") { RetryAfter = error.RetryAfter }
                : Unconfirmed(question, error.Message);
        }
    }

    private async Task<WitnessOutcome> AskByPermalinkAsync(RunQuestion question, bool isPatient, CancellationToken cancellationToken)
    {
        if (!RunPermalink.TryParse(question.Permalink, client.ConsoleHost, out var permalink))
        {
            return Unconfirmed(question, question.Permalink is { Length: > 0 }
                ? $"the run's page is not on {client.ConsoleHost}"
                : "the run has no page (the stack's state is kept elsewhere)");
        }

        if (!client.CanAsk(permalink.Stack.Organization))
        {
            return Unconfirmed(question, $"there is no token for organization {permalink.Stack.Organization}");
        }

        var run = await client.GetRunAsync(permalink, cancellationToken);
        var testimony = RunWitness.Judge(question, run);
        return testimony.State switch
        {
            RunTestimonyState.Agrees => new(WitnessState.Confirmed, $"Pulumi Cloud: {run.Changes?.ToString() ?? "succeeded"}.", Keep(question, permalink, run, RunConfirmation.Confirmed)),
            RunTestimonyState.Unfinished when isPatient => new(WitnessState.NotYet, $"Waits for Pulumi Cloud to confirm it: {permalink.Subject} is {run.Result} there."),
            RunTestimonyState.Unfinished => Contradicted(question, permalink, run, $"{testimony.Message} It stayed so for {GoDuration.Format(options.Patience)}."),
            _ => Contradicted(question, permalink, run, testimony.Message),
        };
    }

    private async Task<WitnessOutcome> SearchAsync(RunQuestion question, CancellationToken cancellationToken)
    {
        if (!PulumiStackName.TryParse(question.PulumiStack, out var stack) || !client.CanAsk(stack.Organization))
        {
            return WitnessOutcome.Absent;
        }

        var runs = await client.ListRunsAsync(stack, question.Type is "preview", RecordsSearched, cancellationToken);
        if (RunWitness.Find(question, runs) is not { } run)
        {
            return Unconfirmed(question, "it has no record of the run");
        }

        var permalink = question.Type is "preview" ? new RunPermalink(stack, null, run.Id) : new RunPermalink(stack, run.Version, null);
        var testimony = RunWitness.Judge(question, run);
        return testimony.State is RunTestimonyState.Agrees
            ? new(WitnessState.Confirmed, $"Pulumi Cloud: {permalink.Subject} failed.", Keep(question, permalink, run, RunConfirmation.Confirmed))
            : Contradicted(question, permalink, run, testimony.Message);
    }

    private WitnessOutcome Contradicted(RunQuestion question, RunPermalink permalink, CloudRun run, string message)
    {
        var kept = Keep(question, permalink, run, RunConfirmation.Disagrees) with { Note = message };
        return new(WitnessState.Disagrees, $"{message} See {kept.Permalink}.", kept);
    }

    private static WitnessOutcome Unconfirmed(RunQuestion question, string why)
    {
        var note = $"Pulumi Cloud could not confirm it: {why.TrimEnd('.')}.";
        return new(WitnessState.Unconfirmed, note, new StackRun
        {
            Stack = question.Stack,
            Type = question.Type,
            PulumiStack = question.PulumiStack,
            Confirmation = RunConfirmation.Unconfirmed,
            Note = note,
        });
    }

    // The page's address is made anew from its parts, so that nothing but a page of Pulumi Cloud is ever linked to.
    private StackRun Keep(RunQuestion question, RunPermalink permalink, CloudRun run, RunConfirmation confirmation) => new()
    {
        Stack = question.Stack,
        Type = question.Type,
        PulumiStack = permalink.Stack.ToString(),
        Confirmation = confirmation,
        Kind = run.Kind,
        Result = run.Result,
        Version = run.Version,
        Id = run.Id ?? permalink.PreviewId,
        Permalink = permalink.On(client.ConsoleHost),
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Changes = run.Changes,
        Message = run.Message.Length > StackRun.LongestMessage ? $"{run.Message[..StackRun.LongestMessage]}…" : run.Message,
    };
}
