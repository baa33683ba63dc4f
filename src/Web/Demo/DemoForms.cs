using Microsoft.AspNetCore.Http;
using Waybill.Web.Pages;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Demo;

/// <summary>The buttons of a simulated world.</summary>
internal sealed class DemoForms(IEnumerable<IDemoControls> worlds)
{
    public async Task<IResult> PushAsync(RouteCall call)
    {
        var demo = worlds.Single();
        var form = await call.Context.ReadFormFieldsAsync();
        await demo.PushAsync(form.Text("failing") is "true", call.Aborted);
        return new SeeOther(Paths.Project(demo.Project));
    }
}
