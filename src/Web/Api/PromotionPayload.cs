using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;

namespace Waybill.Web.Api;

internal sealed record PromotionPayload
{
    public required string Name { get; init; }

    public required string Stage { get; init; }

    public required FreightReference Freight { get; init; }

    public required string Actor { get; init; }

    public required PromotionPhase Phase { get; init; }

    public required string Message { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? RetryOf { get; init; }

    public AbortRequest? Abort { get; init; }

    public required IReadOnlyList<StepPayload> Steps { get; init; }

    /// <summary>What the runs did to resources, Stack by Stack.</summary>
    public required IReadOnlyList<StackRun> Runs { get; init; }

    public Verification? Verification { get; init; }

    public static PromotionPayload Of(Promotion promotion) => new()
    {
        Name = promotion.Name,
        Stage = promotion.Stage,
        Freight = promotion.Freight,
        Actor = promotion.Actor,
        Phase = promotion.Phase,
        Message = promotion.Message,
        CreatedAt = promotion.CreatedAt,
        StartedAt = promotion.StartedAt,
        FinishedAt = promotion.FinishedAt,
        RetryOf = promotion.RetryOf,
        Abort = promotion.Abort,
        Steps = [.. promotion.Steps.Select((step, i) => StepPayload.Of(step.As, step.Uses, promotion.StepStates.ElementAtOrDefault(i) ?? new StepState()))],
        Runs = promotion.Runs,
        Verification = promotion.Verification,
    };
}

internal sealed record StepPayload(
    string As,
    string Uses,
    StepPhase Phase,
    string Message,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    JsonObject? Output,
    GatePayload? Approval)
{
    public static StepPayload Of(string alias, string uses, StepState state) => new(
        alias, uses, state.Phase, state.Message, state.StartedAt, state.FinishedAt, state.Output, GatePayload.Of(state.Approval));
}

internal sealed record GatePayload(
    int MinApprovals, int Approvals, IReadOnlyList<ApproverRule> Approvers, DateTimeOffset Deadline, IReadOnlyList<ApprovalResponse> Responses)
{
    public static GatePayload? Of(ApprovalGate? gate) =>
        gate is null ? null : new(gate.MinApprovals, gate.Approvals, gate.Approvers, gate.Deadline, gate.Responses);
}

/// <summary>What an approval link leads to.</summary>
/// <param name="Approver">Whose link it is.</param>
/// <param name="Promotion">What is to be approved.</param>
/// <param name="Step">The step that asks.</param>
/// <param name="Gate">What it takes.</param>
/// <param name="Previews">What previews of the freight said in the stages before.</param>
internal sealed record ApprovalPayload(string Approver, PromotionPayload Promotion, int Step, GatePayload Gate, IReadOnlyList<StackRun> Previews);
