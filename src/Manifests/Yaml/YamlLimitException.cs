namespace Waybill.Manifests.Yaml;

/// <summary>A document that asks for more than <see cref="ManifestLimits"/> allow, or for YAML that manifests do without.</summary>
internal sealed class YamlLimitException(int line, int column, string message) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
