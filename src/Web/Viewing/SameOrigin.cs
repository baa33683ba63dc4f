using Microsoft.AspNetCore.Http;

namespace Waybill.Web.Viewing;

/// <summary>
/// Tells requests that another site made a person's browser send. Browsers say where a POST comes from: in
/// <c>Sec-Fetch-Site</c>, or over plain HTTP at least in <c>Origin</c>. What says neither is no browser.
/// </summary>
public static class SameOrigin
{
    public static bool Admits(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, AuthorityOf(request, uri), StringComparison.OrdinalIgnoreCase));
    }

    // A proxy may have ended TLS: the scheme is the origin's, and so is the port that goes without saying.
    private static string AuthorityOf(HttpRequest request, Uri origin) =>
        Uri.TryCreate($"{origin.Scheme}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var own) ? own.Authority : "";
}
