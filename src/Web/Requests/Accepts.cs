using Microsoft.AspNetCore.Http;

namespace Waybill.Web.Requests;

internal static class Accepts
{
    /// <summary>Whether a program asks: it wants JSON and does not mention HTML.</summary>
    public static bool PrefersJson(this HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("html", StringComparison.OrdinalIgnoreCase);
    }
}
