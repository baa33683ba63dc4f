using System.Globalization;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Waybill.Engine.WorkTrees.Editing.Toml;

/// <summary>Where the values of a TOML text stand, by their keys: items of arrays and of arrays of tables by number.</summary>
internal sealed class TomlIndex
{
    private readonly Dictionary<string, ValueSyntax> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _tables = new(StringComparer.Ordinal);

    /// <exception cref="FileEditException">It is not TOML.</exception>
    public static TomlIndex Read(string text)
    {
        var document = Parse(text);
        var index = new TomlIndex();
        index.AddAll([], document.KeyValues);
        foreach (var table in document.Tables)
        {
            index.AddAll(index.Enter(table), table.Items);
        }

        return index;
    }

    /// <summary>The single value at a key.</summary>
    /// <exception cref="FileEditException">There is none.</exception>
    public ValueSyntax Find(KeyPath key)
    {
        var path = Path(key.Parts.Select(p => p.IsName || p.Index is not { } index ? p.Name : Number(index)));
        return _values.TryGetValue(path, out var value)
            ? value
            : throw new FileEditException(_containers.Contains(path)
                ? $"{key} is a table or an array; only single values can be set, such as those within it"
                : $"there is no {key}");
    }

    private static DocumentSyntax Parse(string text)
    {
        EditLimits.Check(text);
        try
        {
            var document = SyntaxParser.Parse(text, "", validate: true);
            return document.HasErrors ? throw NotToml(document.Diagnostics[0]) : document;
        }
        catch (TomlException tooDeep)
        {
            throw NotToml(tooDeep);
        }
    }

    public static FileEditException NotToml(TomlException broken) => broken.Diagnostics is { Count: > 0 } diagnostics
        ? NotToml(diagnostics[0])
        : new FileEditException($"not TOML that can be read: {broken.Message}", broken);

    private static FileEditException NotToml(DiagnosticMessage problem) =>
        new($"line {problem.Span.Start.Line + 1}, column {problem.Span.Start.Column + 1}: not TOML: {problem.Message}");

    /// <summary>The path of a table, through the newest item of every array of tables on the way.</summary>
    private List<string> Enter(TableSyntaxBase table)
    {
        var path = new List<string>();
        var names = Names(table.Name!);
        for (var i = 0; i < names.Count; i++)
        {
            path.Add(names[i]);
            if (table is TableArraySyntax && i == names.Count - 1)
            {
                _tables[Path(path)] = _tables.GetValueOrDefault(Path(path), -1) + 1;
            }

            _containers.Add(Path(path));
            if (_tables.TryGetValue(Path(path), out var newest))
            {
                path.Add(Number(newest));
                _containers.Add(Path(path));
            }
        }

        return path;
    }

    private void AddAll(List<string> parent, IEnumerable<KeyValueSyntax> values)
    {
        foreach (var value in values)
        {
            Add(parent, value);
        }
    }

    private void Add(List<string> parent, KeyValueSyntax entry)
    {
        List<string> path = [.. parent];
        foreach (var name in Names(entry.Key!))
        {
            _containers.Add(Path(path));
            path.Add(name);
        }

        Add(path, entry.Value!);
    }

    private void Add(List<string> path, ValueSyntax value)
    {
        switch (value)
        {
            case ArraySyntax array:
                _containers.Add(Path(path));
                foreach (var (i, item) in array.Items.Index())
                {
                    Add([.. path, Number(i)], item.Value!);
                }

                break;
            case InlineTableSyntax table:
                _containers.Add(Path(path));
                AddAll(path, table.Items.Select(i => i.KeyValue!));
                break;
            default:
                _values[Path(path)] = value;
                break;
        }
    }

    private static List<string> Names(KeySyntax key) => [Name(key.Key!), .. key.DotKeys.Select(d => Name(d.Key!))];

    private static string Name(BareKeyOrStringValueSyntax key) => key switch
    {
        BareKeySyntax bare => bare.Key!.Text!,
        StringValueSyntax quoted => quoted.Value!,
        _ => key.ToString(),
    };

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static string Path(IEnumerable<string> names) => string.Join('\0', names);
}
