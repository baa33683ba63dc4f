using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Waybill.Expressions.Runtime;

/// <summary>The scope's variables as a map.</summary>
internal sealed class EnvironmentMap(Evaluation evaluation) : IReadOnlyDictionary<string, object?>
{
    public int Count => Keys.Count();

    public IEnumerable<string> Keys => evaluation.Scope.VariableNames;

    public IEnumerable<object?> Values => Keys.Select(key => this[key]);

    public object? this[string key] => TryGetValue(key, out var value) ? value : null;

    public bool ContainsKey(string key) => evaluation.Scope.TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) =>
        evaluation.TryGetVariable(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Keys.Select(key => KeyValuePair.Create(key, this[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
