using Waybill.Domain;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Reading;

/// <summary>A value of a manifest, its path, and where its problems go. Reading the wrong type reports it and gives null.</summary>
internal sealed record Cursor(Node Node, string Path, string File, ProblemList Problems)
{
    public Place Place => new(File, Node.Line, Node.Column, Path);

    public bool IsNull => Node is ScalarNode { Type: ScalarType.Null };

    /// <summary>Whether the value is only known when a promotion runs, and its type with it.</summary>
    public bool IsTemplate => Node is ScalarNode { Type: ScalarType.Text } text
        && (text.Text.Contains("${{", StringComparison.Ordinal) || text.Text.Contains("${%", StringComparison.Ordinal));

    public void Error(string message) => Problems.Error(Place, message);

    public void Notice(string message) => Problems.Notice(Place, message);

    public Cursor At(ScalarNode key, Node value) => this with { Node = value, Path = Join(Path, key.Text) };

    public string? Text()
    {
        switch (Node)
        {
            case ScalarNode { Type: ScalarType.Text } scalar:
                return scalar.Text;
            case ScalarNode { Type: not ScalarType.Null } scalar:
                Error($"expected text, got {scalar.Kind}: put it in quotes");
                return null;
            default:
                Expected("text");
                return null;
        }
    }

    public bool? Flag()
    {
        if (Node is ScalarNode { Type: ScalarType.Bool } scalar)
        {
            return PlainScalar.IsTrue(scalar.Text);
        }

        Expected("true or false");
        return null;
    }

    public int? Integer(int min, int max)
    {
        if (Node is not ScalarNode { Type: ScalarType.Integer } scalar)
        {
            Expected("a whole number");
            return null;
        }

        if (PlainScalar.TryInteger(scalar.Text, out var number) && number >= min && number <= max)
        {
            return (int)number;
        }

        Error(max == int.MaxValue ? $"must be at least {min}, got {scalar.Text}" : $"must be from {min} to {max}, got {scalar.Text}");
        return null;
    }

    public TimeSpan? Duration(bool zeroAllowed = false)
    {
        if (Node is not ScalarNode { Type: ScalarType.Text or ScalarType.Integer } scalar)
        {
            Expected("a duration such as 90s, 5m or 1h30m");
            return null;
        }

        if (!GoDuration.TryParse(scalar.Text, out var duration))
        {
            Error($"{Quoted(scalar.Text)} is not a duration: write one such as 90s, 5m or 1h30m");
            return null;
        }

        if (duration < TimeSpan.Zero || (duration == TimeSpan.Zero && !zeroAllowed))
        {
            Error(zeroAllowed ? "must not be negative" : "must be more than zero");
            return null;
        }

        return duration;
    }

    public string? OneOf(IReadOnlyCollection<string> allowed)
    {
        if (Text() is not { } text)
        {
            return null;
        }

        if (allowed.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Error($"{Quoted(text)} is none of {string.Join(", ", allowed)}{Suggestion.For(text, allowed)}");
        return null;
    }

    public MapReader? Map()
    {
        if (Node is MappingNode map)
        {
            return new MapReader(this, map);
        }

        Expected("a mapping");
        return null;
    }

    public IReadOnlyList<Cursor> Items()
    {
        if (Node is SequenceNode list)
        {
            return [.. list.Items.Select((item, i) => this with { Node = item, Path = $"{Path}[{i}]" })];
        }

        Expected("a list");
        return [];
    }

    public static string Quoted(string text) => text.Length > 60 ? $"\"{text[..60]}…\"" : $"\"{text}\"";

    private void Expected(string what) => Error($"expected {what}, got {Node.Kind}");

    private static string Join(string path, string key)
    {
        var isPlain = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        var shown = key.Length > 60 ? key[..60] + "…" : key;
        return isPlain ? (path.Length == 0 ? shown : $"{path}.{shown}") : $"{path}[{shown}]";
    }
}
