using System.Collections.Frozen;

namespace Waybill.Expressions.Builtins;

/// <summary>All functions of the language definition by name.</summary>
internal static class BuiltinTable
{
    private static readonly FrozenDictionary<string, Builtin> Plain =
        new[]
        {
            StringBuiltins.All, SearchBuiltins.All, NumberBuiltins.All, AggregateBuiltins.All, BitBuiltins.All,
            ArrayBuiltins.All, MapBuiltins.All, ConversionBuiltins.All, JsonBuiltins.All, DateBuiltins.All,
        }
        .SelectMany(family => family)
        .ToFrozenDictionary(builtin => builtin.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, PredicateBuiltin> Predicates =
        PredicateBuiltins.All.Concat(GroupingBuiltins.All).ToFrozenDictionary(builtin => builtin.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Plain.Keys.Concat(Predicates.Keys);

    public static bool IsBuiltin(string name) => Plain.ContainsKey(name) || Predicates.ContainsKey(name);

    public static Builtin? Find(string name) => Plain.GetValueOrDefault(name);

    public static PredicateBuiltin? FindPredicate(string name) => Predicates.GetValueOrDefault(name);
}
