using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Functions.Access;

/// <summary>A person as App Service authentication hands them on: Base64 of JSON in a header.</summary>
internal sealed record ClientPrincipal(
    [property: JsonPropertyName("name_typ")] string? NameType,
    [property: JsonPropertyName("role_typ")] string? RoleType,
    [property: JsonPropertyName("claims")] IReadOnlyList<ClientClaim>? Claims)
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>What identity providers call a person's address, in the order in which they are trusted to be it.</summary>
    private static readonly string[] NameClaims =
    [
        "preferred_username", "email", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn", "upn",
    ];

    private static readonly string[] RoleClaims = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];

    /// <summary>Null when the header is missing or is not what App Service writes.</summary>
    public static ClientPrincipal? Read(string? header)
    {
        if (string.IsNullOrEmpty(header) || !Base64.IsValid(header))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ClientPrincipal>(Convert.FromBase64String(header));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>With what the settings know of them. Null when no claim names them.</summary>
    public Principal? ToPrincipal(IApproverDirectory directory)
    {
        var claims = (Claims ?? []).Where(c => c is { Type: not null, Value: not null }).ToLookup(c => c.Type!, c => c.Value!);
        var name = NameClaims.Append(NameType ?? "").SelectMany(t => claims[t]).FirstOrDefault(v => v.Length > 0);
        if (name is null)
        {
            return null;
        }

        var known = directory.Describe(name);
        var all = claims.ToDictionary(c => c.Key, IReadOnlyList<string> (c) => [.. c.Concat(known.Claims.GetValueOrDefault(c.Key) ?? [])]);
        foreach (var (type, values) in known.Claims)
        {
            all.TryAdd(type, values);
        }

        return new Principal(name, all, [.. RoleClaims.Append(RoleType ?? "").SelectMany(t => claims[t]).Concat(known.Roles).Distinct()]);
    }
}

internal sealed record ClientClaim([property: JsonPropertyName("typ")] string? Type, [property: JsonPropertyName("val")] string? Value);
