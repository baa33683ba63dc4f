using Microsoft.AspNetCore.Http;

namespace Waybill.Web.Routing;

/// <summary>Something that can be asked over HTTP. Both heads bind the same list of these.</summary>
/// <param name="Name">Unique; a head names its function by it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path, with <c>{parameters}</c>, starting with a slash.</param>
/// <param name="Access">Who may ask.</param>
/// <param name="Answer">Whether errors are for people or for programs.</param>
/// <param name="Handler">Answers it.</param>
public sealed record WaybillRoute(string Name, string Method, string Pattern, RouteAccess Access, AnswerKind Answer, RouteHandler Handler)
{
    public bool IsSafe => HttpMethods.IsGet(Method) || HttpMethods.IsHead(Method);
}

/// <summary>Answers a request that has been let through.</summary>
public delegate Task<IResult> RouteHandler(RouteCall call);

/// <summary>Who may ask.</summary>
public enum RouteAccess
{
    /// <summary>Anybody: the request carries its own proof (a signature, a signed link), or needs none.</summary>
    Anonymous,

    /// <summary>Whoever is signed in.</summary>
    Viewer,

    /// <summary>Whoever is signed in and may promote.</summary>
    Promoter,
}

/// <summary>For whom an answer is.</summary>
public enum AnswerKind
{
    Api,
    Page,
}
