using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Api;

/// <summary>Why somebody stops something or asks for it. The body may be left out; the reason then is empty.</summary>
internal static class Reasons
{
    public static async Task<string> ReadAsync(RouteCall call)
    {
        var hasBody = call.Request.ContentLength > 0 || call.Request.ContentType is not null;
        var body = hasBody ? await call.Context.ReadJsonAsync(ApiJson.Default.AbortRequestBody) : new AbortRequestBody();
        return RequestBodies.Optional(body.Reason, "reason", FieldLimits.Reason);
    }
}
