using Waybill.Engine.Ports;

namespace Waybill.Engine.Analysis;

/// <summary>Knows no secret, where no source of secrets is set up.</summary>
internal sealed class NoSecrets : ISecretSource
{
    public Task<IReadOnlyDictionary<string, string>?> GetSecretAsync(string project, string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>?>(null);
}
