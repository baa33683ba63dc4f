using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Waybill.Functions.Access;

/// <summary>Settings of who may do what, under <c>Access</c>. Who somebody is, App Service authentication says.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>Whoever has one of these roles may promote, approve freight and abort; everybody who is signed in may look.</summary>
    public IList<string> PromoterRoles { get; init; } = [];

    /// <summary>These people may, whatever their roles: names as App Service authentication gives them, e-mail addresses as a rule.</summary>
    public IList<string> Promoters { get; init; } = [];

    /// <summary>On a developer's machine, where there is no App Service: who you are. Refused anywhere else.</summary>
    public string? DevelopmentUser { get; set; }
}

/// <summary>Checks the settings of access at start.</summary>
internal sealed class AccessOptionsValidator(IHostEnvironment environment) : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> problems = [];
        if (options.PromoterRoles.Concat(options.Promoters).All(string.IsNullOrWhiteSpace) && string.IsNullOrEmpty(options.DevelopmentUser))
        {
            problems.Add("Access:PromoterRoles and Access:Promoters are both empty, so nobody could promote: set Access:PromoterRoles:0 to a role of the app registration, such as Waybill.Promoter.");
        }

        if (!string.IsNullOrEmpty(options.DevelopmentUser) && !environment.IsDevelopment())
        {
            problems.Add("Access:DevelopmentUser is set, but AZURE_FUNCTIONS_ENVIRONMENT is not Development: it would let everybody in. Remove it.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
