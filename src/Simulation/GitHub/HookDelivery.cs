namespace Waybill.Simulation.GitHub;

/// <summary>One webhook as it was sent.</summary>
/// <param name="Id">GitHub's <c>X-GitHub-Delivery</c>; the same on redelivery.</param>
/// <param name="Event">Such as <c>push</c>.</param>
/// <param name="Url">Where it went.</param>
/// <param name="Body">The raw bytes that were signed.</param>
/// <param name="Status">The receiver's answer; null when it gave none in time.</param>
public sealed record HookDelivery(Guid Id, string Event, Uri Url, ReadOnlyMemory<byte> Body, int? Status)
{
    public bool Succeeded => Status is >= 200 and < 300;
}
