namespace Waybill.Domain.Promotions;

/// <summary>A wait for people: who may answer, how many must say yes, until when, and what they said.</summary>
public sealed record ApprovalGate
{
    /// <summary>Distinct people who must approve: at least 1.</summary>
    public int MinApprovals { get; init; } = 1;

    /// <summary>Who may answer: anyone whom one of these matches, or any signed-in person when empty.</summary>
    public IReadOnlyList<ApproverRule> Approvers { get; init; } = [];

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    public ApprovalTimeout OnTimeout { get; init; } = ApprovalTimeout.Fail;

    /// <summary>The answers so far, oldest first, at most one a person.</summary>
    public IReadOnlyList<ApprovalResponse> Responses { get; init; } = [];

    public bool IsRejected => Responses.Any(r => r.Decision is ApprovalDecision.Reject);

    public int Approvals => Responses.Count(r => r.Decision is ApprovalDecision.Approve);

    public bool IsApproved => !IsRejected && Approvals >= MinApprovals && MissingRequiredRules.Count == 0;

    /// <summary>Required rules that no approval satisfies yet.</summary>
    public IReadOnlyList<ApproverRule> MissingRequiredRules =>
        [.. Approvers.Where(a => a.Required && !Responses.Any(r => r.Decision is ApprovalDecision.Approve && r.Satisfies.Contains(a.Id)))];

    public bool IsDecided => IsRejected || IsApproved;

    public bool HasTimedOut(DateTimeOffset now) => now >= Deadline;

    /// <summary>The person's answer, if they gave one.</summary>
    public ApprovalResponse? ResponseOf(string user) =>
        Responses.FirstOrDefault(r => string.Equals(r.User, user, StringComparison.OrdinalIgnoreCase));

    public bool Admits(Principal person) => Approvers.Count == 0 || RulesMatching(person).Count > 0;

    /// <summary>The rules that a person satisfies, by <see cref="ApproverRule.Id"/>.</summary>
    public IReadOnlyList<string> RulesMatching(Principal person) => [.. Approvers.Where(a => a.Matches(person)).Select(a => a.Id)];

    /// <summary>This gate with an answer added. The caller has checked that the person may answer and has not yet.</summary>
    public ApprovalGate Answer(ApprovalResponse response) => this with { Responses = [.. Responses, response] };
}

/// <summary>A rule for who may approve, as Kargo's <c>wait-for-approval</c> writes it: a claim and its value, or a role.</summary>
public sealed record ApproverRule(string? Claim, string? Value, string? Role, bool Required)
{
    /// <summary>Identifies the rule within its gate.</summary>
    public string Id => Role is null ? $"{Claim}={Value}" : $"role={Role}";

    public bool Matches(Principal person) => Role is null
        ? Claim is not null && Value is not null && person.Has(Claim, Value)
        : person.Roles.Contains(Role, StringComparer.Ordinal);
}

/// <summary>A person as a token or a link presents them.</summary>
/// <param name="Name">Their stable name: an e-mail address, as a rule.</param>
/// <param name="Claims">What their identity provider says of them, by claim name.</param>
/// <param name="Roles">Their roles in the project.</param>
public sealed record Principal(string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Claims, IReadOnlyList<string> Roles)
{
    public static Principal Named(string name) => new(name, new Dictionary<string, IReadOnlyList<string>>(), []);

    /// <summary>Whether a claim holds a value. The name itself counts as <c>email</c> and <c>sub</c>.</summary>
    public bool Has(string claim, string value) =>
        (Claims.TryGetValue(claim, out var values) && values.Contains(value, StringComparer.Ordinal))
        || (claim is "email" or "sub" && string.Equals(Name, value, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A person's answer.</summary>
/// <param name="User">Who.</param>
/// <param name="Decision">Yes or no.</param>
/// <param name="Message">Why, in their words.</param>
/// <param name="At">When.</param>
/// <param name="Satisfies">The <see cref="ApproverRule.Id"/>s of the rules that matched them.</param>
public sealed record ApprovalResponse(
    string User, ApprovalDecision Decision, string? Message, DateTimeOffset At, IReadOnlyList<string> Satisfies);

/// <summary>What a person can say at a gate.</summary>
public enum ApprovalDecision
{
    Approve,
    Reject,
}

/// <summary>What it means when nobody decided in time.</summary>
public enum ApprovalTimeout
{
    /// <summary>The step fails, and the promotion with it.</summary>
    Fail,

    /// <summary>The step is aborted.</summary>
    Abort,

    /// <summary>Silence is consent: the step succeeds, and the audit says that nobody answered.</summary>
    Approve,
}
