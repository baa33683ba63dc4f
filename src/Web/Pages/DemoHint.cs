using Waybill.Web.Demo;
using Waybill.Web.Routing;

namespace Waybill.Web.Pages;

/// <summary>How to push in a simulated world, for the project that has one.</summary>
internal sealed class DemoHint(IEnumerable<IDemoControls> worlds)
{
    public string? For(RouteCall call, string project) =>
        worlds.Any(w => w.Project == project)
            ? $"curl -fsS -d failing=false {call.Request.Scheme}://{call.Request.Host.ToUriComponent()}{Paths.DemoPush}"
            : null;
}
