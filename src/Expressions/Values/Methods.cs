using Waybill.Expressions.Dates;
using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>A method of a value: how many arguments it takes and what it gives.</summary>
internal sealed record Method(int Arguments, Func<object, object?[], object?> Body);

/// <summary>The methods that dates, durations, zones, months and versions have.</summary>
internal static class Methods
{
    public static bool Exists(object target, string name) => Of(target)?.ContainsKey(name) ?? false;

    public static object? Call(object? target, string name, object?[] arguments)
    {
        if (target is null)
        {
            throw new Fault($"cannot call {name} of nil; ?.{name}() would give nil");
        }

        var methods = Of(target);
        if (methods is null || !methods.TryGetValue(name, out var method))
        {
            var near = NearestName.Suggest(name, methods?.Keys ?? Enumerable.Empty<string>());
            throw new Fault($"{ValueKind.Name(target)} has no method {name}{near}");
        }

        return arguments.Length == method.Arguments
            ? method.Body(target, arguments)
            : throw new Fault(Arity.Describe(name, method.Arguments, method.Arguments, arguments.Length));
    }

    private static Dictionary<string, Method>? Of(object target) => target switch
    {
        DateTimeOffset => DateMethods.All,
        TimeSpan => DurationMethods.All,
        SemanticVersion => VersionMethods.All,
        NamedNumber or TimeZoneInfo => NameMethods,
        _ => null,
    };

    private static readonly Dictionary<string, Method> NameMethods = new(StringComparer.Ordinal)
    {
        ["String"] = new(0, (target, _) => target is NamedNumber named ? named.Name : ((TimeZoneInfo)target).Id),
    };
}
