using System.Collections;
using System.Reflection;
using Waybill.Engine;
using Waybill.Infrastructure.GitHub;
using Waybill.Infrastructure.Kubernetes;

namespace Waybill.EndToEnd.Tests.Docs;

/// <summary>Which settings the options bind: those of every class that names its section.</summary>
internal static class KnownSettings
{
    private static readonly Assembly[] Rooms = [typeof(EngineServiceCollectionExtensions).Assembly, typeof(GitHubOptions).Assembly];

    private static readonly Dictionary<string, Type> Sections = Rooms.SelectMany(r => r.GetTypes()).Where(t => SectionOf(t) is not null)
        .ToDictionary(t => SectionOf(t)!, t => t == typeof(KubernetesOptions) ? typeof(IDictionary<string, KubernetesClusterOptions>) : t);

    /// <summary>Whether a setting, such as <c>GitHub:App:Id</c>, is one that is read.</summary>
    public static bool Contains(string setting) =>
        setting.Split(':') is [var section, .. var rest] && Sections.TryGetValue(section, out var type) && Binds(type, rest);

    private static string? SectionOf(Type type) =>
        (type.GetField("Section", BindingFlags.Public | BindingFlags.Static) ?? type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static))
        ?.GetRawConstantValue() as string;

    private static bool Binds(Type type, ReadOnlySpan<string> path)
    {
        if (path is not [var next, .. var rest])
        {
            return type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type);
        }

        var arguments = type.IsGenericType ? type.GetGenericArguments() : [];
        return arguments switch
        {
            [_, var value] => Binds(value, rest),
            [var item] when Nullable.GetUnderlyingType(type) is null => int.TryParse(next, out _) && Binds(item, rest),
            _ => type.GetProperty(next, BindingFlags.Public | BindingFlags.Instance) is { } property && Binds(property.PropertyType, rest),
        };
    }
}
