namespace Waybill.Engine.Approvals;

/// <summary>Settings of approvals, under <c>Approvals</c>.</summary>
public sealed class ApprovalOptions
{
    public const string Section = "Approvals";

    /// <summary>Keys that sign approval links, Base64 of at least 32 bytes each. The first signs; all of them verify, so that keys can change.</summary>
    public IList<string> SigningKeys { get; init; } = [];

    /// <summary>Where people reach Waybill: what links begin with.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>People whom the settings know, with their claims and roles, by name (an e-mail address).</summary>
    public IDictionary<string, PersonOptions> People { get; init; } = new Dictionary<string, PersonOptions>();
}

/// <summary>What the settings say of a person.</summary>
public sealed class PersonOptions
{
    /// <summary>Groups, as the claim <c>groups</c>.</summary>
    public IList<string> Groups { get; init; } = [];

    /// <summary>Roles in projects.</summary>
    public IList<string> Roles { get; init; } = [];
}
