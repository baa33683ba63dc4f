using System.Reflection;
using Waybill.Engine;
using Waybill.Functions.Hosting;
using Waybill.Infrastructure.Storage;

namespace Waybill.Functions.Tests.Head;

/// <summary>
/// Every setting that the app binds, found in its options classes: <c>Section__Property</c>, with <c>NAME</c> and <c>0</c> for what the
/// user names or counts.
/// </summary>
internal static class SettingsCatalog
{
    private static readonly Assembly[] Rooms =
        [typeof(EngineServiceCollectionExtensions).Assembly, typeof(StorageServices).Assembly, typeof(WaybillFunctionsServices).Assembly];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Rooms.SelectMany(r => r.GetTypes()).Where(t => SectionOf(t) is not null).SelectMany(t => Keys(SectionOf(t)!, t)),
        .. Keys("", typeof(ScheduleOptions)),
    ];

    private static string? SectionOf(Type type) =>
        (type.GetField("Section", BindingFlags.Public | BindingFlags.Static) ?? type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static))
        ?.GetRawConstantValue() as string;

    private static IEnumerable<string> Keys(string prefix, Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(p => KeysOf(prefix, p));

    private static IEnumerable<string> KeysOf(string prefix, PropertyInfo property)
    {
        var type = property.PropertyType;
        if (type.IsAssignableTo(typeof(Delegate)))
        {
            return [];
        }

        if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IDictionary<,>))
        {
            // A section whose only property is a dictionary is that dictionary.
            var named = property.Name == prefix ? prefix : Under(prefix, property.Name);
            return type.GetGenericArguments()[1] is var value && value == typeof(string) ? [$"{named}__NAME"] : Keys($"{named}__NAME", value);
        }

        return type switch
        {
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IList<>) => [$"{Under(prefix, property.Name)}__0"],
            _ when !property.CanWrite => [],
            { IsClass: true } when type.Assembly == property.DeclaringType!.Assembly => Keys(Under(prefix, property.Name), type),
            _ => [Under(prefix, property.Name)],
        };
    }

    private static string Under(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}__{name}";
}
