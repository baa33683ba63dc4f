using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Approvals;

/// <summary>The people that the settings and the rules themselves name.</summary>
public sealed class ApproverDirectory(ApprovalOptions options) : IApproverDirectory
{
    public IReadOnlyList<Principal> MembersOf(ApproverRule rule)
    {
        var known = options.People.Keys.Select(Describe).Where(rule.Matches);
        return rule is { Role: null, Claim: "email" or "sub", Value: { } name } ? [Describe(name), .. known] : [.. known];
    }

    public Principal Describe(string name)
    {
        var person = options.People.FirstOrDefault(p => string.Equals(p.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
        return person is null
            ? Principal.Named(name)
            : new Principal(name, new Dictionary<string, IReadOnlyList<string>> { ["groups"] = [.. person.Groups] }, [.. person.Roles]);
    }
}
