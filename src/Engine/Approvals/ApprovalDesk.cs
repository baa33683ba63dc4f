using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Engine.Auditing;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Approvals;

/// <summary>Where approval links are presented: shows what is to be decided, and takes the decision.</summary>
public sealed class ApprovalDesk(ProjectStore store, ApprovalTokenSigner signer, AuditLog audit, IDriver driver, TimeProvider time)
{
    private const int MaxReason = 1000;

    /// <summary>Looks only. Whatever follows a link, a mail scanner for example, decides nothing.</summary>
    public async Task<ApprovalCase> OpenAsync(string token, CancellationToken cancellationToken) =>
        signer.Read(token) is { } read ? (await FindAsync(read, cancellationToken)).Case : ApprovalCase.Refused(ApprovalProblem.NotGenuine);

    public async Task<ApprovalCase> DecideAsync(string token, ApprovalDecision decision, string? reason, CancellationToken cancellationToken)
    {
        if (signer.Read(token) is not { } read)
        {
            return ApprovalCase.Refused(ApprovalProblem.NotGenuine);
        }

        var decided = await Optimistic.RunAsync(t => TryDecideAsync(read, decision, Trim(reason), t), cancellationToken);
        if (decided.IsOpen)
        {
            await driver.WakePromotionAsync(new PromotionKey(read.Project, read.Promotion), WakeReason.ApprovalDecided, cancellationToken);
        }

        return decided;
    }

    private async Task<ApprovalCase> TryDecideAsync(ApprovalToken token, ApprovalDecision decision, string? reason, CancellationToken cancellationToken)
    {
        var (found, promotion) = await FindAsync(token, cancellationToken);
        if (!found.IsOpen)
        {
            return found;
        }

        var response = new ApprovalResponse(token.Approver, decision, reason, time.GetUtcNow(), token.Satisfies);
        var decided = promotion!.Value.RecordApproval(token.Step, found.Gate!.Answer(response));
        var approves = decision is ApprovalDecision.Approve;
        await store.Begin(token.Project)
            .Write(promotion.Then(decided))
            .Audit(audit.Entry(
                approves ? AuditAction.ApprovalGranted : AuditAction.ApprovalRejected,
                token.Approver,
                decided,
                $"{(approves ? "Approved" : "Rejected")} {decided.Freight.Alias} for {decided.Stage} (step {decided.Steps[token.Step].As}).",
                reason))
            .CommitAsync(cancellationToken);
        return found with { Promotion = decided, Gate = decided.StepStates[token.Step].Approval };
    }

    private async Task<(ApprovalCase Case, Stored<Promotion>? Promotion)> FindAsync(ApprovalToken token, CancellationToken cancellationToken)
    {
        var promotion = await store.GetPromotionAsync(token.Project, token.Promotion, cancellationToken);
        var gate = promotion is not null && token.Step >= 0 && token.Step < promotion.Value.StepStates.Count
            ? promotion.Value.StepStates[token.Step].Approval
            : null;
        var found = new ApprovalCase { Token = token, Promotion = promotion?.Value, Gate = gate };
        return (found with { Problem = Refuse(token, promotion?.Value, gate) }, promotion);
    }

    private ApprovalProblem? Refuse(ApprovalToken token, Promotion? promotion, ApprovalGate? gate)
    {
        if (promotion is null || gate is null)
        {
            return ApprovalProblem.Gone;
        }

        if (gate.ResponseOf(token.Approver) is not null)
        {
            return ApprovalProblem.AlreadyUsed;
        }

        // The person's own answer comes first: they are told that, not that the link is old.
        var now = time.GetUtcNow();
        if (promotion.IsTerminal || promotion.Abort is not null || promotion.StepStates[token.Step].Phase.IsTerminal() || gate.IsDecided)
        {
            return ApprovalProblem.AlreadyDecided;
        }

        return now >= token.Expires || gate.HasTimedOut(now) ? ApprovalProblem.Expired : null;
    }

    private static string? Trim(string? reason)
    {
        var text = reason?.Trim();
        return string.IsNullOrEmpty(text) ? null : text[..Math.Min(text.Length, MaxReason)];
    }
}

/// <summary>What an approval link leads to.</summary>
public sealed record ApprovalCase
{
    /// <summary>Why nothing can be decided with the link; null when something can.</summary>
    public ApprovalProblem? Problem { get; init; }

    /// <summary>What the link says; null when it is not genuine.</summary>
    public ApprovalToken? Token { get; init; }

    public Promotion? Promotion { get; init; }

    public ApprovalGate? Gate { get; init; }

    public bool IsOpen => Problem is null;

    public static ApprovalCase Refused(ApprovalProblem problem) => new() { Problem = problem };
}

/// <summary>Why an approval link decides nothing.</summary>
public enum ApprovalProblem
{
    /// <summary>Not signed by us: mistyped, cut, or forged.</summary>
    NotGenuine,

    /// <summary>The promotion or its gate is not there.</summary>
    Gone,

    /// <summary>The person decided already.</summary>
    AlreadyUsed,

    /// <summary>Others decided, or the promotion is over.</summary>
    AlreadyDecided,

    /// <summary>The time is over.</summary>
    Expired,
}
