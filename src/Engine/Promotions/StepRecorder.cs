using System.Text.Json.Nodes;
using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Engine.Auditing;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>Runs a step of a promotion and records what it came to.</summary>
public sealed class StepRecorder(ProjectStore store, StepExecutor steps, AuditLog audit, TimeProvider time)
{
    internal async Task ExecuteAsync(PromotionSession session, int index, CancellationToken cancellationToken)
    {
        var before = session.Promotion.Value;
        var facts = StepExecutor.ReadsMetadata(before, index) ? await session.FactsAsync(cancellationToken) : PromotionFacts.None;
        var result = await steps.RunAsync(before, index, facts, cancellationToken);
        var metadata = await MetadataTargets.FindAsync(store, session, result.Metadata, cancellationToken);
        result = metadata.Problem is { } problem ? StepResult.Errored(problem) : result;
        var after = before.RecordStep(index, result, steps.DefaultTimeoutOf(before.Steps[index].Uses), time.GetUtcNow());
        if (IsOnlyLater(before.StepStates[index], after.StepStates[index]))
        {
            session.Remember(after);
            return;
        }

        var transaction = session.Begin().Write(session.Promotion.Then(after));
        foreach (var entry in Entries(before, after, index))
        {
            transaction.Audit(entry);
        }

        metadata.Write(transaction);
        await session.CommitAsync(transaction, after, metadata.StageOf(after), metadata.Freight, cancellationToken);
    }

    /// <summary>Whether a look found nothing new: then only the next look's time changed, which is not worth a write.</summary>
    private static bool IsOnlyLater(StepState before, StepState after) =>
        before.Wait is not null && after.Wait is not null
        && before.Message == after.Message && before.ErrorCount == after.ErrorCount && ReferenceEquals(before.Approval, after.Approval)
        && before.Wait.Deadline == after.Wait.Deadline
        && JsonNode.DeepEquals(before.Memory, after.Memory);

    private IEnumerable<AuditEntry> Entries(Promotion before, Promotion after, int index)
    {
        var (was, now) = (before.StepStates[index], after.StepStates[index]);
        if (was.Approval is null && now.Approval is { } gate)
        {
            var who = gate.Approvers.Count == 0 ? "anyone signed in" : string.Join(", ", gate.Approvers.Select(a => a.Id));
            yield return audit.Entry(
                AuditAction.ApprovalRequested, after.Actor, after, $"{gate.MinApprovals} of {who} must approve step {after.Steps[index].As} by {gate.Deadline:u}.");
        }

        if (now is { Approval.IsDecided: false } && now.Phase.IsTerminal())
        {
            yield return audit.Entry(AuditAction.ApprovalTimedOut, "waybill", after, $"Step {after.Steps[index].As}: {now.Message}");
        }
    }
}
