using Microsoft.DurableTask.Client;

namespace Waybill.Functions.Driving;

/// <summary>
/// The durable client of the function that is running. Functions get it as a parameter only, while <see cref="DurableDriver"/> is a
/// service below use cases that know nothing of functions: each function that may cause work hands its client over in its first line.
/// </summary>
/// <remarks>Kept per flow of execution, because functions run side by side.</remarks>
public sealed class DurableClients
{
    private readonly AsyncLocal<DurableTaskClient?> _current = new();

    /// <summary>The running function's client.</summary>
    public DurableTaskClient Current => _current.Value
        ?? throw new InvalidOperationException("This function has work delivered but declares no [DurableClient] parameter that it hands to DurableClients.Use.");

    /// <summary>For the rest of the running function, and all that it calls.</summary>
    public void Use(DurableTaskClient client) => _current.Value = client;
}
