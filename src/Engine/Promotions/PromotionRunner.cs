using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;
using Waybill.Engine.Telemetry;

namespace Waybill.Engine.Promotions;

/// <summary>
/// Carries out a promotion's directives. A head either asks for one directive at a time, by name, or lets
/// <see cref="AdvanceAsync"/> go on until there is something to wait for. Every method may be called again at any time: it does
/// what the stored record says is next, or nothing.
/// </summary>
public sealed class PromotionRunner(
    ProjectStore store, StepRecorder steps, PromotionFinisher finisher, PromotionVerifier verifier, StageQueue queue, TimeProvider time)
{
    private static readonly Directive Gone = new(DirectiveKind.Done, Reason: "There is no such promotion.");

    /// <summary>What is next, without doing it.</summary>
    public async Task<Directive> NextAsync(PromotionKey key, CancellationToken cancellationToken) =>
        await OpenAsync(key, cancellationToken) is { } session ? Next(session) : Gone;

    /// <summary>Runs the step if it is still next. Returns what is next then.</summary>
    public Task<Directive> ExecuteStepAsync(PromotionKey key, int step, CancellationToken cancellationToken) =>
        CarryOutAsync(key, d => d.Kind is DirectiveKind.ExecuteStep && d.Step == step, cancellationToken);

    /// <summary>Says how the promotion ended if that is still next. Returns what is next then.</summary>
    public Task<Directive> FinishPromotionAsync(PromotionKey key, CancellationToken cancellationToken) =>
        CarryOutAsync(key, d => d.Kind is DirectiveKind.FinishPromotion, cancellationToken);

    /// <summary>Takes the verification's next measurement if that is still next. Returns what is next then.</summary>
    public Task<Directive> MeasureVerificationAsync(PromotionKey key, CancellationToken cancellationToken) =>
        CarryOutAsync(key, d => d.Kind is DirectiveKind.MeasureVerification, cancellationToken);

    /// <summary>Ends a promotion that a driver can't get on with: Errored, with the reason, and its stage is free. Returns what is next then.</summary>
    public async Task<Directive> GiveUpAsync(PromotionKey key, string reason, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, cancellationToken) is not { } session)
        {
            return Gone;
        }

        if (session.Promotion.Value is { IsSettled: false, Phase: not PromotionPhase.Pending })
        {
            await (session.Promotion.Value.IsTerminal
                ? verifier.GiveUpAsync(session, reason, cancellationToken)
                : finisher.GiveUpAsync(session, reason, cancellationToken));
            await ReleaseAsync(session, cancellationToken);
        }

        return Next(session);
    }

    /// <summary>Carries out directives until one says to wait, or it is done. Returns that one.</summary>
    public async Task<Directive> AdvanceAsync(PromotionKey key, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, cancellationToken) is not { } session)
        {
            return Gone;
        }

        if (session.Promotion.Value.IsSettled)
        {
            await ReleaseAsync(session, cancellationToken);
        }

        // Each step is run at most once more than it has to be; anything beyond that is a loop that must not run hot.
        for (var left = (2 * session.Promotion.Value.Steps.Count) + 8; left > 0; left--)
        {
            var directive = Next(session);
            if (!directive.IsImmediate)
            {
                return directive;
            }

            session = await CarryOutAsync(session, directive, cancellationToken) ?? session;
        }

        return new Directive(DirectiveKind.WaitUntil, Until: time.GetUtcNow() + PollSchedule.Shortest, Reason: "Pauses before going on.");
    }

    private async Task<Directive> CarryOutAsync(PromotionKey key, Func<Directive, bool> isAskedFor, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, cancellationToken) is not { } session)
        {
            return Gone;
        }

        var directive = Next(session);
        if (session.Promotion.Value.IsSettled)
        {
            await ReleaseAsync(session, cancellationToken);
        }

        return isAskedFor(directive) && await CarryOutAsync(session, directive, cancellationToken) is { } after ? Next(after) : directive;
    }

    private async Task<PromotionSession?> CarryOutAsync(PromotionSession session, Directive directive, CancellationToken cancellationToken)
    {
        using var span = WaybillTelemetry.Begin($"promotion.{directive.Kind}", session.Promotion.Value.TraceParent).About(session.Promotion.Value);
        try
        {
            await (directive.Kind switch
            {
                DirectiveKind.ExecuteStep => steps.ExecuteAsync(session, directive.Step, cancellationToken),
                DirectiveKind.FinishPromotion => finisher.FinishAsync(session, cancellationToken),
                _ => verifier.MeasureAsync(session, cancellationToken),
            });
        }
        catch (RowConflictException)
        {
            // Somebody else wrote first: a person aborted or decided, or another driver is at it too. What is stored counts.
            return await OpenAsync(new PromotionKey(session.Project, session.Promotion.Value.Name), cancellationToken);
        }

        if (session.Promotion.Value.IsSettled)
        {
            await ReleaseAsync(session, cancellationToken);
        }

        return session;
    }

    // Also when the record says that it is over already: whoever wrote that may not have come as far as this.
    private async Task ReleaseAsync(PromotionSession session, CancellationToken cancellationToken) =>
        await queue.ReleaseAsync(session.Project, (await session.StageAsync(cancellationToken)).Value, cancellationToken);

    private async Task<PromotionSession?> OpenAsync(PromotionKey key, CancellationToken cancellationToken) =>
        await store.GetPromotionAsync(key.Project, key.Name, cancellationToken) is { } promotion ? new PromotionSession(store, promotion) : null;

    private Directive Next(PromotionSession session) => PromotionDecider.Next(session.Promotion.Value, time.GetUtcNow());
}
