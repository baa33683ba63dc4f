using System.Globalization;
using System.Text.Json.Nodes;
using Waybill.Domain;
using Waybill.Domain.Promotions;
using Waybill.Engine.Approvals;

namespace Waybill.Engine.Steps;

/// <summary>
/// <c>wait-for-approval</c>: opens a gate, tells the approvers, and goes on when enough of them said yes, one said no, or the
/// time is over.
/// </summary>
public sealed class WaitForApprovalStep(ApprovalLinks links) : IPromotionStep
{
    private static readonly TimeSpan DefaultPollInterval = TimeSpan.FromMinutes(5);

    private const string Notified = "notified";

    public string Uses => "wait-for-approval";

    public TimeSpan DefaultTimeout => TimeSpan.FromHours(24);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var pollInterval = context.Config.Duration("pollInterval") ?? DefaultPollInterval;
        if (context.State.Approval is not { } gate)
        {
            // The gate is stored before anybody hears of it: a link must never lead to a gate that is not there.
            return Wait(OpenGate(context), context.Now);
        }

        if (gate.IsDecided || gate.HasTimedOut(context.Now))
        {
            return Decide(gate);
        }

        if (context.State.Memory?[Notified] is null)
        {
            await links.SendAsync(context.Promotion, context.Index, gate, cancellationToken);
        }

        return Wait(gate, context.Now + pollInterval) with { Memory = new JsonObject { [Notified] = true } };
    }

    private ApprovalGate OpenGate(StepContext context)
    {
        var minApprovals = context.Config.Number("minApprovals", 1);
        if (minApprovals < 1)
        {
            throw new StepConfigException($"config.minApprovals is {minApprovals}; at least 1 person must approve.");
        }

        var timeout = context.Config.Duration("timeout") ?? context.Step.Retry.Timeout ?? DefaultTimeout;
        return new ApprovalGate
        {
            MinApprovals = minApprovals,
            Approvers = [.. context.Config.Objects("approvers").Select(ReadRule)],
            OpenedAt = context.Now,
            Deadline = context.Now + timeout,
            OnTimeout = ReadTimeout(context.Config.Text("onTimeout")),
        };
    }

    private static StepResult Wait(ApprovalGate gate, DateTimeOffset nextCheckAt)
    {
        var missing = gate.MissingRequiredRules;
        var required = missing.Count == 0 ? "" : $", one of them {string.Join(" and one of them ", missing.Select(m => m.Id))}";
        return StepResult.Waiting(
            $"{gate.Approvals} of {gate.MinApprovals} approvals{required}; waits until {gate.Deadline:u}.") with
        {
            Approval = gate,
            NextCheckAt = nextCheckAt < gate.Deadline ? nextCheckAt : gate.Deadline,

            // The gate's own end is decided above; the step outlives it by a moment so that it is.
            Deadline = gate.Deadline + TimeSpan.FromMinutes(1),
        };
    }

    private static StepResult Decide(ApprovalGate gate)
    {
        var output = new JsonObject { ["responses"] = new JsonArray([.. gate.Responses.Select(Describe)]) };
        if (gate.Responses.FirstOrDefault(r => r.Decision is ApprovalDecision.Reject) is { } rejection)
        {
            return StepResult.Failed($"Rejected by {rejection.User}{Words(rejection.Message)}", output);
        }

        if (gate.IsApproved)
        {
            return StepResult.Succeeded($"Approved by {string.Join(", ", gate.Responses.Select(r => r.User))}.", output);
        }

        var message = $"Nobody decided within {GoDuration.Format(gate.Deadline - gate.OpenedAt)}: {gate.Approvals} of {gate.MinApprovals} approvals.";
        return gate.OnTimeout switch
        {
            ApprovalTimeout.Approve => StepResult.Succeeded($"{message} The manifest says that silence is consent.", output),
            ApprovalTimeout.Abort => new StepResult { Outcome = StepOutcome.Aborted, Message = message, Output = output },
            _ => StepResult.Failed(message, output),
        };
    }

    private static JsonNode Describe(ApprovalResponse response)
    {
        var described = new JsonObject
        {
            ["user"] = response.User,
            ["action"] = response.Decision is ApprovalDecision.Approve ? "approve" : "reject",
            ["time"] = response.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        if (response.Message is { Length: > 0 } message)
        {
            described["message"] = message;
        }

        return described;
    }

    private static string Words(string? message) => message is { Length: > 0 } ? $": {message}" : ".";

    private static ApproverRule ReadRule(JsonObject rule)
    {
        var read = new ApproverRule(rule.Text("claim"), rule.Text("value"), rule.Text("role"), rule.Flag("required"));
        var byClaim = read is { Claim.Length: > 0, Value.Length: > 0, Role: null };
        var byRole = read is { Claim: null, Value: null, Role.Length: > 0 };
        return byClaim || byRole ? read : throw new StepConfigException("config.approvers[] must set either claim and value, or role.");
    }

    private static ApprovalTimeout ReadTimeout(string? text) => text switch
    {
        null or "fail" => ApprovalTimeout.Fail,
        "abort" => ApprovalTimeout.Abort,
        "approve" => ApprovalTimeout.Approve,
        _ => throw new StepConfigException($"config.onTimeout is \"{text}\"; it must be fail, abort or approve."),
    };
}
