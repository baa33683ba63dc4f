namespace Waybill.Engine.Ports;

/// <summary>Values that are no secrets, by reference: what Kargo's users keep in ConfigMaps.</summary>
public interface IConfigMapSource
{
    /// <summary>The keys and values of a named config map of a project, or null when there is none.</summary>
    Task<IReadOnlyDictionary<string, string>?> GetConfigMapAsync(string project, string name, CancellationToken cancellationToken);
}
