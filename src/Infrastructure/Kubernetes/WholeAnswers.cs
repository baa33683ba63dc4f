namespace Waybill.Infrastructure.Kubernetes;

/// <summary>
/// Reads each answer whole before the client sees it. The client parses the body with blocking reads that no cancellation
/// reaches: a server that stalls in mid-answer would hold the call past every deadline.
/// </summary>
internal sealed class WholeAnswers : DelegatingHandler
{
    // A Stack with its outputs is far below; etcd itself stores at most 1.5 MiB an object.
    private const long MaximumBytes = 8 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        try
        {
            await answer.Content.LoadIntoBufferAsync(MaximumBytes, cancellationToken);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
