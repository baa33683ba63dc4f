using Azure.Core;
using Azure.Core.Pipeline;

namespace Waybill.Infrastructure.Storage;

/// <summary>Counts how often the SDK sent a request: after a second send, a conflict may be with our own first one.</summary>
internal sealed class SendCountPolicy : HttpPipelineSynchronousPolicy
{
    private const string Property = "waybill.sends";

    /// <summary>Counts into <paramref name="count"/> the sends of the calls made until the scope is disposed.</summary>
    public static IDisposable Count(SendCount count) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Property] = count });

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.TryGetProperty(Property, out var value) && value is SendCount count)
        {
            count.Add();
        }
    }
}

/// <summary>How often a request was sent; zero when the client has no <see cref="SendCountPolicy"/>.</summary>
internal sealed class SendCount
{
    private int _sends;

    public bool IsOnce => Volatile.Read(ref _sends) == 1;

    public void Add() => Interlocked.Increment(ref _sends);
}
