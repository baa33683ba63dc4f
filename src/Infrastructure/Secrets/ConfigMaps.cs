using Microsoft.Extensions.Configuration;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Secrets;

/// <summary>
/// Config maps from the manifests, each key of which a setting <c>ConfigMaps__PROJECT__NAME__KEY</c> replaces: what differs between
/// two installations of the same manifests.
/// </summary>
internal sealed class ConfigMaps(IPipelineSource pipelines, IConfiguration configuration) : IConfigMapSource
{
    public Task<IReadOnlyDictionary<string, string>?> GetConfigMapAsync(string project, string name, CancellationToken cancellationToken)
    {
        var declared = pipelines.Pipelines.GetValueOrDefault(project)?.ConfigMaps.GetValueOrDefault(name);
        var set = NamedSettings.Read(configuration, "ConfigMaps", project, name);
        return Task.FromResult<IReadOnlyDictionary<string, string>?>(
            declared is null && set is null ? null : new SettingValues(Merge(declared ?? new Dictionary<string, string>(), set ?? [])));
    }

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> declared, Dictionary<string, string> set)
    {
        var settings = new SettingValues(set);
        var merged = declared.ToDictionary(d => d.Key, d => settings.GetValueOrDefault(d.Key, d.Value), StringComparer.Ordinal);
        foreach (var (key, value) in set)
        {
            merged.TryAdd(key, value);
        }

        return merged;
    }
}
