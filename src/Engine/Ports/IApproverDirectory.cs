using Waybill.Domain.Promotions;

namespace Waybill.Engine.Ports;

/// <summary>Who stands behind the claims and roles that approver rules name, as the settings say.</summary>
public interface IApproverDirectory
{
    /// <summary>The people whom a rule names: for sending them links. Empty when only a token can tell.</summary>
    IReadOnlyList<Principal> MembersOf(ApproverRule rule);

    /// <summary>What the settings say of a person, by name: their claims and roles.</summary>
    Principal Describe(string name);
}
