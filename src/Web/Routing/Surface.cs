using Microsoft.AspNetCore.Http;
using Waybill.Web.Pages;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Viewing;

namespace Waybill.Web.Routing;

/// <summary>The door that every request goes through in both heads: who asks, may they, and what comes of it when it goes wrong.</summary>
public sealed class Surface(IViewer viewer)
{
    /// <summary>Answers a request to one of <see cref="RouteTable.All"/>, by the route's name.</summary>
    public Task<IResult> AnswerAsync(HttpContext context, string route) => AnswerAsync(context, RouteTable.Named(route));

    public async Task<IResult> AnswerAsync(HttpContext context, WaybillRoute route)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(route);
        SecurityHeaders.Set(context.Response);
        try
        {
            var visitor = route.Access is RouteAccess.Anonymous ? null : await viewer.IdentifyAsync(context);
            return Refuse(context, route, visitor) is { } problem
                ? Show(problem, route, context)
                : await route.Handler(new RouteCall(context, visitor));
        }
        catch (Exception error) when (Problem.From(error) is not null)
        {
            return Show(Problem.From(error)!, route, context);
        }
    }

    private static Problem? Refuse(HttpContext context, WaybillRoute route, Visitor? visitor) => route.Access switch
    {
        RouteAccess.Anonymous => null,
        _ when visitor is null => Problem.NotSignedIn,
        _ when !route.IsSafe && !visitor.ByBearer && !SameOrigin.Admits(context.Request) => Problem.CrossOrigin,
        RouteAccess.Promoter when !visitor.MayPromote => Problem.NotAllowed,
        _ => null,
    };

    private static IResult Show(Problem problem, WaybillRoute route, HttpContext context) =>
        route.Answer is AnswerKind.Api || context.Request.PrefersJson() ? new ProblemResult(problem) : ProblemPage.Of(problem, context);
}
