using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Web.Viewing;

namespace Waybill.Functions.Access;

/// <summary>
/// Takes App Service authentication's word for who asks. It checks cookies and bearer tokens before requests get here, and strips
/// what clients put into its headers themselves; where it is switched off the headers are worth nothing and nobody is signed in.
/// </summary>
internal sealed class AppServiceViewer(AccessOptions access, IApproverDirectory directory, IConfiguration configuration) : IViewer
{
    /// <summary>The platform's own word that it stands in front.</summary>
    private readonly bool _isInFront = string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);

    public ValueTask<Visitor?> IdentifyAsync(HttpContext context)
    {
        if (!string.IsNullOrEmpty(access.DevelopmentUser))
        {
            return new(new Visitor(directory.Describe(access.DevelopmentUser), MayPromote: true));
        }

        return new(_isInFront && ClientPrincipal.Read(context.Request.Headers[ClientPrincipal.Header])?.ToPrincipal(directory) is { } person
            ? Admit(person, context.Request)
            : null);
    }

    private Visitor Admit(Principal person, HttpRequest request) => new(
        person,
        access.Promoters.Contains(person.Name, StringComparer.OrdinalIgnoreCase) || access.PromoterRoles.Intersect(person.Roles, StringComparer.Ordinal).Any())
    {
        ByBearer = request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase),
    };
}
