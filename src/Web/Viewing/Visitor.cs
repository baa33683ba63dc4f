using Microsoft.AspNetCore.Http;
using Waybill.Domain.Promotions;

namespace Waybill.Web.Viewing;

/// <summary>Says who is looking. Each head decides how: a fixed person in a simulated world, a cookie, a bearer token.</summary>
public interface IViewer
{
    /// <summary>The person behind a request; null when nobody is signed in, or what they present is not valid.</summary>
    ValueTask<Visitor?> IdentifyAsync(HttpContext context);
}

/// <summary>A person behind a request.</summary>
/// <param name="Person">Who.</param>
/// <param name="MayPromote">Whether they may change anything; everybody may look.</param>
public sealed record Visitor(Principal Person, bool MayPromote)
{
    /// <summary>Whether a bearer token says so, which no browser sends by itself: such requests need not be same-origin.</summary>
    public bool ByBearer { get; init; }
}
