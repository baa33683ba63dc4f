using System.Collections.Concurrent;

namespace Waybill.Expressions;

/// <summary>Parsed expressions and templates by their text: at most twice a capacity of each, from any thread.</summary>
/// <remarks>
/// There are two generations. A full young one becomes the old one, whose entries move back when they are asked for and
/// fall away with the next turn when not. Errors are not kept.
/// </remarks>
public sealed class ExpressionCache(int capacity = ExpressionCache.DefaultCapacity)
{
    public const int DefaultCapacity = 1_024;

    // Whole files can be templates; those are parsed again rather than kept a thousandfold.
    private const int LongestKept = 16_384;

    private readonly Generations<Expression> _expressions = new(capacity, Waybill.Expressions.Expression.Parse);
    private readonly Generations<Template> _templates = new(capacity, Waybill.Expressions.Template.Parse);

    /// <summary>Entries held now, of both kinds.</summary>
    public int Count => _expressions.Count + _templates.Count;

    /// <inheritdoc cref="Waybill.Expressions.Expression.Parse"/>
    public Expression Expression(string text) => _expressions.Get(text);

    /// <inheritdoc cref="Waybill.Expressions.Template.Parse"/>
    public Template Template(string text) => _templates.Get(text);

    private sealed class Generations<T>
    {
        private readonly Lock _turning = new();
        private readonly int _capacity;
        private readonly Func<string, T> _parse;
        private volatile Pair _pair = new([], []);

        public Generations(int capacity, Func<string, T> parse)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
            _capacity = capacity;
            _parse = parse;
        }

        public int Count => _pair.Young.Keys.Union(_pair.Old.Keys).Count();

        public T Get(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            var pair = _pair;
            if (pair.Young.TryGetValue(text, out var found))
            {
                return found;
            }

            if (!pair.Old.TryGetValue(text, out found))
            {
                found = _parse(text);
            }

            Add(text, found);

            return found;
        }

        // Only misses come here, so the lock is rarely met; it keeps the bound exact.
        private void Add(string text, T parsed)
        {
            if (text.Length > LongestKept)
            {
                return;
            }

            lock (_turning)
            {
                if (_pair.Young.Count >= _capacity)
                {
                    _pair = new Pair([], _pair.Young);
                }

                _pair.Young[text] = parsed;
            }
        }

        private sealed record Pair(ConcurrentDictionary<string, T> Young, ConcurrentDictionary<string, T> Old);
    }
}
