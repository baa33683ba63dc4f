using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Web.Problems;

namespace Waybill.Web.Pages;

/// <summary>A problem for people.</summary>
internal static class ProblemPage
{
    public static IResult Of(Problem problem, HttpContext context)
    {
        problem.SetHeaders(context.Response);
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return new PageResult<ProblemView>(new Dictionary<string, object?>
        {
            [nameof(ProblemView.Frame)] = new PageFrame(problem.Title, now),
            [nameof(ProblemView.Problem)] = problem,
        })
        {
            Status = problem.Status,
            IsKept = false,
        };
    }
}
