using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps.ArgoCd;

/// <summary>
/// <c>argocd-update</c>: has Argo CD sync Applications, their sources changed as configured, and waits until it has. The operation
/// carries the promotion's name, so it is recognised as ours even after a crash; other people's operations are waited for.
/// </summary>
public sealed class ArgoCdUpdateStep(IArgoCdClient client, IGitHubClient gitHub) : IPromotionStep
{
    public string Uses => "argocd-update";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(5);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var updates = ApplicationUpdate.Read(context.Config);
        var memory = context.State.Memory?.DeepClone() as JsonObject ?? [];
        var deadline = context.DeadlineAfter(DefaultTimeout);
        try
        {
            var found = await Task.WhenAll(updates.Select(u => u.Target.FindAsync(client, cancellationToken)));
            List<(ApplicationSnapshot Application, ApplicationUpdate Update)> wanted = [];
            for (var i = 0; i < updates.Count; i++)
            {
                if (Refuse(context.Promotion, updates[i], found[i]) is { } refusal)
                {
                    return StepResult.Failed(refusal);
                }

                wanted.AddRange(found[i].Where(a => WhyNotAuthorized(context.Promotion, a) is null).Select(a => (a, updates[i])));
            }

            var syncer = new ApplicationSyncer(client, gitHub, context.Promotion);
            var after = await Task.WhenAll(wanted.Select(w => AdvanceAsync(syncer, w.Application, w.Update, memory, cancellationToken)));
            return Combine(after) with { Deadline = deadline };
        }
        catch (ClusterException error)
        {
            return (error.IsTransient ? StepResult.Waiting(error.Message, memory) : StepResult.Errored(error.Message)) with { Deadline = deadline };
        }
    }

    /// <summary>Before anything is changed: every Application must be there, may be synced by this stage, and has the sources.</summary>
    private string? Refuse(Promotion promotion, ApplicationUpdate update, IReadOnlyList<ApplicationSnapshot> found)
    {
        if (found.Count == 0)
        {
            return update.Target.Missing(client);
        }

        // As in Kargo, a selector passes over Applications that are not ours, but not over all of them.
        var allowed = found.Where(a => WhyNotAuthorized(promotion, a) is null).ToList();
        return allowed.Count == 0
            ? Remedy(promotion, found[0])
            : allowed.Select(a => (a.Reference, Why: update.WhyNot(a))).Where(a => a.Why is not null).Select(a => $"Application {a.Reference}: {a.Why}.").FirstOrDefault();
    }

    private static string? WhyNotAuthorized(Promotion promotion, ApplicationSnapshot application) => ApplicationAnnotations.WhyNotAuthorized(
        application.Annotations.GetValueOrDefault(ApplicationAnnotations.AuthorizedStage), promotion.Project, promotion.Stage);

    private static string Remedy(Promotion promotion, ApplicationSnapshot application)
    {
        var value = ApplicationAnnotations.WithStage(
            application.Annotations.GetValueOrDefault(ApplicationAnnotations.AuthorizedStage), promotion.Project, promotion.Stage);
        return $"Application {application.Reference} can't be synced: {WhyNotAuthorized(promotion, application)}. Its owner can: kubectl annotate "
            + $"applications.argoproj.io {application.Reference.Name} -n {application.Reference.Namespace} {ApplicationAnnotations.AuthorizedStage}={value} --overwrite";
    }

    private static async Task<ApplicationProgress> AdvanceAsync(
        ApplicationSyncer syncer, ApplicationSnapshot application, ApplicationUpdate update, JsonObject memory, CancellationToken cancellationToken)
    {
        var syncs = (int?)memory[application.Reference.ToString()] ?? 0;
        try
        {
            return await syncer.AdvanceAsync(application, update, syncs, cancellationToken);
        }
        catch (ClusterException error)
        {
            return new(application.Reference, error.IsTransient ? StepOutcome.Waiting : StepOutcome.Errored, error.Message, syncs);
        }
    }

    private static StepResult Combine(IReadOnlyList<ApplicationProgress> all)
    {
        var memory = new JsonObject(all.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Application.ToString(), p.Syncs)));
        return ApplicationProgress.Combine(all, memory) with
        {
            HealthChecks = [.. all.Where(p => p.Outcome is StepOutcome.Succeeded).Select(p => new ApplicationHealthCheck(p.Application, p.Desired ?? []))],
        };
    }
}
