using Microsoft.AspNetCore.Http;
using Waybill.Web.Problems;

namespace Waybill.Web.Requests;

/// <summary>Reads request bodies up to a limit: by what the request announces, and by what really comes.</summary>
public static class BoundedBody
{
    private const int FirstBuffer = 16 * 1024;

    /// <exception cref="ProblemException">There is more than <paramref name="limit"/> bytes.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            throw new ProblemException(Problem.TooLarge(limit));
        }

        // One byte over the limit is read to tell a full body from an oversized one; nothing is believed of the announced length.
        var buffer = new byte[Math.Min(FirstBuffer, limit + 1)];
        var length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken) is var read and > 0)
        {
            length += read;
            if (length > limit)
            {
                throw new ProblemException(Problem.TooLarge(limit));
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, limit + 1L));
            }
        }

        return buffer.AsMemory(0, length);
    }
}
