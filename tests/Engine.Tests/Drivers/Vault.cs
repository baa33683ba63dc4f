using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>The secrets and config maps of a test, and what was asked for.</summary>
internal sealed class Vault : ISecretSource, IConfigMapSource
{
    public Dictionary<string, Dictionary<string, string>> Secrets { get; } = [];

    public Dictionary<string, Dictionary<string, string>> ConfigMaps { get; } = [];

    public List<string> Asked { get; } = [];

    public Task<IReadOnlyDictionary<string, string>?> GetSecretAsync(string project, string name, CancellationToken cancellationToken) =>
        Answer("secret", Secrets, project, name);

    public Task<IReadOnlyDictionary<string, string>?> GetConfigMapAsync(string project, string name, CancellationToken cancellationToken) =>
        Answer("configMap", ConfigMaps, project, name);

    private Task<IReadOnlyDictionary<string, string>?> Answer(
        string kind, Dictionary<string, Dictionary<string, string>> values, string project, string name)
    {
        Asked.Add($"{kind} {project}/{name}");
        return Task.FromResult<IReadOnlyDictionary<string, string>?>(values.GetValueOrDefault(name));
    }
}
