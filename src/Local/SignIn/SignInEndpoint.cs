namespace Waybill.Local.SignIn;

internal static class SignInEndpoint
{
    /// <summary>Binds the address of the printed link. Without sign-in, in a simulated world, there is none.</summary>
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<SignInLink>() is { } link)
        {
            endpoints.MapGet("/sign-in", (HttpContext context, string? code) => link.TryUse(context, code)
                ? Results.LocalRedirect("/")
                : Results.Problem(
                    "The sign-in link was used already, or is not the one of this run. Start Waybill again for a new one.",
                    statusCode: StatusCodes.Status403Forbidden, title: "Not signed in"));
        }

        return endpoints;
    }
}
