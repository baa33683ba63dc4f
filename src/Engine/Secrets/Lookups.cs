using Waybill.Engine.Ports;
using Waybill.Expressions;

namespace Waybill.Engine.Secrets;

/// <summary>
/// The secrets and config maps that the expressions of one run ask for. Expressions can't wait, and may make up a name only as they
/// are evaluated; so what they ask for and is not yet known is read, and they are evaluated again.
/// </summary>
public sealed class Lookups(ISecretSource secrets, IConfigMapSource configMaps, string project)
{
    /// <summary>Where <c>sharedSecret()</c> and <c>sharedConfigMap()</c> look: Kargo's namespace for what all projects share.</summary>
    public const string SharedProject = "kargo-shared-resources";

    private const int MaxNames = 50;

    private readonly Dictionary<Reference, ExpressionTexts?> _asked = [];
    private readonly List<string> _values = [];

    /// <summary>Masks everything that was read.</summary>
    public Masker Masker { get; private set; } = Masker.None;

    /// <summary>The secrets that were asked for and are not there, as the settings that would make them.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    public IEnumerable<ExpressionFunction> Functions() =>
    [
        Function("secret", isSecret: true, project),
        Function("configMap", isSecret: false, project),
        Function("sharedSecret", isSecret: true, SharedProject),
        Function("sharedConfigMap", isSecret: false, SharedProject),
    ];

    /// <summary>Evaluates as often as it takes to know everything that is asked for.</summary>
    /// <param name="evaluate">Evaluates in a scope that has <see cref="Functions"/>; it may throw while something is not known.</param>
    public async Task<T> EvaluateAsync<T>(Func<T> evaluate, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var value = evaluate();
                if (!await ReadAsync(cancellationToken))
                {
                    return value;
                }
            }
            catch (Exception) when (HasUnread)
            {
                await ReadAsync(cancellationToken);
            }
        }
    }

    private bool HasUnread => _asked.ContainsValue(null);

    private ExpressionFunction Function(string function, bool isSecret, string of) =>
        new(function, 1, 1, arguments => Ask(new Reference(isSecret, of, arguments.StringAt(0))));

    private ExpressionTexts Ask(Reference reference)
    {
        if (reference.Name.Length == 0)
        {
            throw new ExpressionFunctionException("the name must not be empty");
        }

        if (!_asked.TryGetValue(reference, out var known))
        {
            if (_asked.Count == MaxNames)
            {
                throw new ExpressionFunctionException($"more than {MaxNames} secrets and config maps in one step");
            }

            _asked[reference] = null;
        }

        return known ?? new ExpressionTexts(new Dictionary<string, string>());
    }

    /// <summary>Reads what was asked for; false when there was nothing to read.</summary>
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var unread = _asked.Where(a => a.Value is null).Select(a => a.Key).ToList();
        foreach (var reference in unread)
        {
            var found = await (reference.IsSecret
                ? secrets.GetSecretAsync(reference.Project, reference.Name, cancellationToken)
                : configMaps.GetConfigMapAsync(reference.Project, reference.Name, cancellationToken));
            _asked[reference] = new ExpressionTexts(found ?? new Dictionary<string, string>());
            if (reference.IsSecret)
            {
                _values.AddRange(found?.Values ?? []);
                Missing = found is null ? [.. Missing, $"Secrets__{reference.Project}__{reference.Name}__KEY"] : Missing;
            }
        }

        Masker = Masker.Of(_values);
        return unread.Count > 0;
    }

    private sealed record Reference(bool IsSecret, string Project, string Name);
}
