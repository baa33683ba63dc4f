using System.Collections;
using System.Reflection;
using Waybill.Engine.Approvals;
using Waybill.Engine.Housekeeping;
using Waybill.Infrastructure.GitHub;
using Waybill.Infrastructure.Kubernetes;
using Waybill.Infrastructure.Notifications;
using Waybill.Infrastructure.PulumiCloud;
using Waybill.Infrastructure.Storage;

namespace Waybill.EndToEnd.Tests.Docs;

/// <summary>Which settings the options bind.</summary>
internal static class KnownSettings
{
    private static readonly Dictionary<string, Type> Sections = new()
    {
        [GitHubOptions.SectionName] = typeof(GitHubOptions),
        [PulumiCloudOptions.SectionName] = typeof(PulumiCloudOptions),
        [StorageOptions.Section] = typeof(StorageOptions),
        [ApprovalOptions.Section] = typeof(ApprovalOptions),
        [NotificationOptions.Section] = typeof(NotificationOptions),
        [RetentionOptions.Section] = typeof(RetentionOptions),
        [KubernetesOptions.Section] = typeof(IDictionary<string, KubernetesClusterOptions>),
    };

    /// <summary>Whether a setting, such as <c>GitHub:App:Id</c>, is one that is read.</summary>
    public static bool Contains(string setting) =>
        setting.Split(':') is [var section, .. var rest] && Sections.TryGetValue(section, out var type) && Binds(type, rest);

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
            [var item] when type != typeof(Nullable<>).MakeGenericType(item) => int.TryParse(next, out _) && Binds(item, rest),
            _ => type.GetProperty(next, BindingFlags.Public | BindingFlags.Instance) is { } property && Binds(property.PropertyType, rest),
        };
    }
}
