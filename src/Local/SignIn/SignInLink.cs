using System.Security.Cryptography;
using System.Text;

namespace Waybill.Local.SignIn;

/// <summary>
/// Signs the owner of this process in: a link printed at start is good for one browser; whoever can read the token file may use
/// the API. Both end with the process or the file.
/// </summary>
public sealed class SignInLink
{
    private const string CookieName = "waybill-session";

    private readonly string _session = Secret();
    private readonly string _apiToken;
    private string? _link = Secret();

    public SignInLink(string apiTokenPath)
    {
        ApiTokenPath = apiTokenPath;
        _apiToken = SecretFile.ReadOrCreate(apiTokenPath, Secret);
    }

    /// <summary>The file that holds the API's bearer token, readable for its owner only.</summary>
    public string ApiTokenPath { get; }

    /// <summary>The path and query of the link; null once it was used.</summary>
    public string? PathAndQuery => _link is { } link ? $"/sign-in?code={link}" : null;

    /// <summary>Exchanges the link's code for a session cookie, once.</summary>
    public bool TryUse(HttpContext context, string? code)
    {
        var link = _link;
        if (link is null || code is null || !Same(link, code) || Interlocked.CompareExchange(ref _link, null, link) != link)
        {
            return false;
        }

        context.Response.Cookies.Append(CookieName, _session, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            IsEssential = true,
        });
        return true;
    }

    public bool HasSession(HttpRequest request) => request.Cookies[CookieName] is { } cookie && Same(_session, cookie);

    public bool HasBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header
        && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && Same(_apiToken, header["Bearer ".Length..].Trim());

    private static bool Same(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

}
