using System.Globalization;
using Microsoft.AspNetCore.Http;
using Waybill.Web.Problems;

namespace Waybill.Web.Requests;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Limit">How many items.</param>
/// <param name="Continue">Where to go on; null for the first page.</param>
internal sealed record Paging(int Limit, string? Continue)
{
    public const int DefaultLimit = 25;
    public const int MaxLimit = 100;

    /// <exception cref="ProblemException">The limit is not a number between 1 and <see cref="MaxLimit"/>.</exception>
    public static Paging Of(HttpRequest request)
    {
        var limit = DefaultLimit;
        if (request.Query["limit"].ToString() is { Length: > 0 } text
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
        {
            throw new ProblemException(Problem.BadRequest($"limit must be a number from 1 to {MaxLimit}."));
        }

        return new Paging(limit, request.Query["continue"].ToString() is { Length: > 0 } token ? token : null);
    }

    /// <exception cref="ProblemException">There is no page: the token is not one of ours.</exception>
    public static T Found<T>(T? page)
        where T : class =>
        page ?? throw new ProblemException(Problem.BadRequest("continue is not a token that a page before this one gave. Start again without it."));
}
