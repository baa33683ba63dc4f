using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>The secrets that a test put there.</summary>
internal sealed class Secrets : ISecretSource
{
    public Dictionary<string, Dictionary<string, string>> Known { get; } = [];

    public Task<IReadOnlyDictionary<string, string>?> GetSecretAsync(string project, string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>?>(Known.GetValueOrDefault(name));
}
