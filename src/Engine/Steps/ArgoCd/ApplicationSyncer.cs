using Waybill.Domain.ArgoCd;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps.ArgoCd;

/// <summary>Brings one Application on by one step towards a sync of this promotion.</summary>
internal sealed class ApplicationSyncer(IArgoCdClient client, IGitHubClient gitHub, Promotion promotion)
{
    /// <summary>How often a sync may come out at another revision: Argo CD may remember an old head once, not for ever.</summary>
    private const int MaximumSyncs = 3;

    public async Task<ApplicationProgress> AdvanceAsync(
        ApplicationSnapshot application, ApplicationUpdate update, int syncs, CancellationToken cancellationToken)
    {
        var desired = update.DesiredRevisions(application);
        var verdict = ApplicationJudgement.Judge(application, promotion.Name, desired);
        var seen = new ApplicationProgress(application.Reference, StepOutcome.Waiting, verdict.Message, syncs, desired);
        return verdict.State switch
        {
            ApplicationVerdictState.MustSync => await SyncAsync(seen, application, update, cancellationToken),
            ApplicationVerdictState.OtherRevision => await SettleAsync(seen, application, update, cancellationToken),
            ApplicationVerdictState.Succeeded => seen with { Outcome = StepOutcome.Succeeded },
            ApplicationVerdictState.Failed or ApplicationVerdictState.Gone => seen with { Outcome = StepOutcome.Failed },
            _ => seen,
        };
    }

    private async Task<ApplicationProgress> SyncAsync(
        ApplicationProgress progress, ApplicationSnapshot application, ApplicationUpdate update, CancellationToken cancellationToken)
    {
        var actor = promotion.IsAutomatic ? "waybill" : promotion.Actor;
        var sync = new ApplicationSync(promotion.Name, actor, promotion.IsAutomatic, update.Apply(application));
        await client.SyncAsync(application, sync, cancellationToken);
        return progress with { Message = "Asked Argo CD for a sync.", Syncs = progress.Syncs + 1 };
    }

    // A branch that several stages push to is often ahead of what this one pushed: a commit that contains ours is as good.
    private async Task<ApplicationProgress> SettleAsync(
        ApplicationProgress progress, ApplicationSnapshot application, ApplicationUpdate update, CancellationToken cancellationToken)
    {
        var observed = application.LastOperation!.Revisions;
        if (await ContainsAllAsync(application, observed, progress.Desired!, cancellationToken))
        {
            return progress with
            {
                Outcome = StepOutcome.Succeeded,
                Message = $"Synced to {string.Join(", ", observed)}, which contains what was promoted.",

                // From now on that is what the Application was at: it never was at the very revision that was wanted.
                Desired = [.. progress.Desired!.Zip(observed, (wanted, seen) => wanted.Length == 0 ? "" : seen)],
            };
        }

        return progress.Syncs < MaximumSyncs
            ? await SyncAsync(progress, application, update, cancellationToken)
            : progress with
            {
                Outcome = StepOutcome.Failed,
                Message = $"{progress.Message} That was sync {progress.Syncs} of this promotion. Check that desiredRevision is on the branch that "
                    + "the Application follows, or drop desiredRevision.",
            };
    }

    private async Task<bool> ContainsAllAsync(
        ApplicationSnapshot application, IReadOnlyList<string> observed, IReadOnlyList<string> desired, CancellationToken cancellationToken)
    {
        if (observed.Count != desired.Count)
        {
            return false;
        }

        for (var i = 0; i < desired.Count; i++)
        {
            if (desired[i].Length > 0 && desired[i] != observed[i] && !await ContainsAsync(application.Sources[i], observed[i], desired[i], cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> ContainsAsync(ApplicationSource source, string observed, string desired, CancellationToken cancellationToken)
    {
        if (source.Chart is not null || !RepositoryName.TryParse(source.RepoUrl, out var repository))
        {
            return false;
        }

        try
        {
            return (await gitHub.CompareAsync(repository, desired, observed, cancellationToken)).Status is ComparisonStatus.Ahead or ComparisonStatus.Identical;
        }
        catch (GitHubException)
        {
            // Another host, no rights, or no such commit: then there is nothing to go by but the revisions themselves.
            return false;
        }
    }
}
