using Microsoft.Extensions.Configuration;

namespace Waybill.Infrastructure.Secrets;

/// <summary>
/// Values in settings by project, name and key: <c>SECTION:PROJECT:NAME:KEY</c>, as an environment variable
/// <c>SECTION__PROJECT__NAME__KEY</c>. Where a name has a character that environment variables lack (<c>-</c> or <c>.</c>),
/// the setting may have <c>_</c> in its place; a name spelled in full counts before that.
/// </summary>
internal static class NamedSettings
{
    /// <summary>The keys and values of a name; null when there are none.</summary>
    public static Dictionary<string, string>? Read(IConfiguration configuration, string section, string project, string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in Named(Named([configuration.GetSection(section)], project), name).SelectMany(s => s.GetChildren()))
        {
            if (setting.Value is { } value)
            {
                values.TryAdd(setting.Key, value);
            }
        }

        return values.Count == 0 ? null : values;
    }

    // Kubernetes wants projects and names in lower case; some environments write them in upper case.
    private static IEnumerable<IConfigurationSection> Named(IEnumerable<IConfigurationSection> parents, string name)
    {
        var children = parents.SelectMany(p => p.GetChildren()).ToList();
        return Same(children, name).Concat(Same(children, SettingValues.Plain(name))).Distinct();
    }

    private static IEnumerable<IConfigurationSection> Same(IEnumerable<IConfigurationSection> sections, string name) =>
        sections.Where(s => string.Equals(s.Key, name, StringComparison.OrdinalIgnoreCase));
}
