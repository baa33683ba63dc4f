namespace Waybill.Domain.Pipelines;

/// <summary>A name or path selector as Kargo writes it: plain text, <c>glob:…</c>, or <c>regex:…</c> (also <c>regexp:…</c>).</summary>
/// <param name="Kind">What <paramref name="Text"/> is.</param>
/// <param name="Text">The pattern without its prefix.</param>
public sealed record Pattern(PatternKind Kind, string Text)
{
    public static Pattern Parse(string text)
    {
        foreach (var (prefix, kind) in new[] { ("glob:", PatternKind.Glob), ("regex:", PatternKind.Regex), ("regexp:", PatternKind.Regex) })
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                return new Pattern(kind, text[prefix.Length..]);
            }
        }

        return new Pattern(PatternKind.Literal, text);
    }

    public override string ToString() => Kind is PatternKind.Literal ? Text : $"{Kind.ToString().ToLowerInvariant()}:{Text}";
}

/// <summary>How a <see cref="Pattern"/> compares.</summary>
public enum PatternKind
{
    /// <summary>The exact name; for a path, the file itself or everything below the directory.</summary>
    Literal,
    Glob,
    Regex,
}
