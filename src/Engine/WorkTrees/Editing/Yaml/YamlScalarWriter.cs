using System.Text.RegularExpressions;
using Waybill.Expressions;
using YamlDotNet.Core;

namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>Writes a value in the place of another, in its style of quoting; quotes come to it only where it would be read as something else.</summary>
internal static partial class YamlScalarWriter
{
    private const string TextTag = "tag:yaml.org,2002:str";
    private const int Step = 2;

    public static TextSplice Replace(string text, YamlPlace place, YamlReplacement update)
    {
        if (place.Node is not YamlScalar scalar)
        {
            return new TextSplice(place.Node.Start, place.Node.End, Plain(update, place.InFlow));
        }

        if (scalar.Tag is not (null or TextTag) || (scalar.Tag is TextTag && !update.IsText))
        {
            throw new FileEditException($"line {scalar.Line}: what stands here has the tag {scalar.Tag}, and the value would not be of it; remove the tag");
        }

        var start = AfterProperties(text, scalar);
        return scalar switch
        {
            { IsBlock: true } => ReplaceBlock(text, place, scalar, start, update),
            _ when text[start..scalar.End].Trim().Length == 0 => Fill(text, place, start, update),
            _ => new TextSplice(start, scalar.End, InStyle(scalar.Style, update, place.InFlow)),
        };
    }

    /// <summary>A text as it stands in a new place.</summary>
    public static string Plain(YamlReplacement update, bool inFlow) =>
        !update.IsText || IsPlain(update.Text, inFlow) ? update.Text : YamlStrings.DoubleQuoted(update.Text);

    public static bool IsPlain(string text, bool inFlow) => YamlStrings.IsPlain(text) && (!inFlow || SafeInFlow().IsMatch(text));

    private static string InStyle(ScalarStyle style, YamlReplacement update, bool inFlow) => style switch
    {
        _ when !update.IsText => update.Text,
        ScalarStyle.DoubleQuoted => YamlStrings.DoubleQuoted(update.Text),
        ScalarStyle.SingleQuoted when !YamlStrings.NeedsEscapes(update.Text) =>
            $"'{update.Text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => Plain(update, inFlow),
    };

    /// <summary>Puts a value where there is none: <c>key:</c>, <c>-</c>, or a key alone in braces.</summary>
    private static TextSplice Fill(string text, YamlPlace place, int at, YamlReplacement update)
    {
        var before = text[..at].TrimEnd(' ', '\t');
        var value = Plain(update, place.InFlow);
        if (before is [.., ':' or '-' or '[' or ','])
        {
            return new TextSplice(at, at, before.Length == at && before[^1] != '[' ? $" {value}" : value);
        }

        // An anchor or a tag stands before it, or in braces a key that has no colon.
        return place.InFlow && !IsProperty(before)
            ? new TextSplice(before.Length, before.Length, $": {value}")
            : new TextSplice(before.Length, before.Length, $" {value}");
    }

    private static bool IsProperty(string before) => before[(before.LastIndexOfAny([' ', ':', '-', '[', ',', '{']) + 1)..] is ['&' or '!', ..];

    private static TextSplice ReplaceBlock(string text, YamlPlace place, YamlScalar scalar, int start, YamlReplacement update)
    {
        var raw = text[start..scalar.End];
        var headerEnd = LineEnd(raw, 0);
        var indicators = raw[..headerEnd].TakeWhile(c => c is '|' or '>' or '+' or '-' || char.IsAsciiDigit(c)).Count();
        var end = LineEnd(raw, Math.Max(raw.AsSpan().TrimEnd().Length, headerEnd));
        var comment = raw[indicators..headerEnd];
        if (!update.IsText || !update.Text.Contains('\n', StringComparison.Ordinal) || !CanBeLiteral(update.Text) || end == raw.Length)
        {
            return new TextSplice(start, start + end, Plain(update, place.InFlow) + comment);
        }

        var newline = raw[headerEnd] == '\r' ? "\r\n" : "\n";
        var hasDigit = raw[..indicators].Any(char.IsAsciiDigit);
        var indent = hasDigit ? place.Indent + Step : IndentOf(raw[headerEnd..end], place.Indent + Step);
        var chomping = update.Text.EndsWith('\n') ? "" : "-";
        var lines = update.Text.TrimEnd('\n').Split('\n').Select(l => l.Length == 0 ? l : new string(' ', indent) + l);
        return new TextSplice(start, start + end, $"|{chomping}{comment}{newline}{string.Join(newline, lines)}");
    }

    // What a literal block can hold as it is, without saying how deep it is indented.
    private static bool CanBeLiteral(string text) =>
        text[0] is not (' ' or '\n') && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && !text.Replace("\n", "", StringComparison.Ordinal).Any(c => YamlStrings.NeedsEscapes(c.ToString()));

    private static int IndentOf(string body, int otherwise) =>
        body.Split('\n').Where(l => l.Trim().Length > 0).Select(l => l.TakeWhile(c => c == ' ').Count()).Append(otherwise).First();

    private static int LineEnd(string text, int from)
    {
        var newline = text.IndexOf('\n', Math.Min(from, text.Length));
        return newline < 0 ? text.Length : newline > 0 && text[newline - 1] == '\r' ? newline - 1 : newline;
    }

    /// <summary>Where the value itself begins, after an anchor and a tag; right behind these where there is none.</summary>
    private static int AfterProperties(string text, YamlScalar scalar)
    {
        if (scalar.Anchor is null && scalar.Tag is null)
        {
            return scalar.Start;
        }

        var (behind, at) = (scalar.Start, scalar.Start);
        while (at < scalar.End && text[at] is '&' or '!')
        {
            var length = text.AsSpan(at, scalar.End - at).IndexOfAny(" \t\r\n");
            behind = length < 0 ? scalar.End : at + length;
            at = behind;
            while (at < scalar.End && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
        }

        return at < scalar.End ? at : behind;
    }

    [GeneratedRegex(@"\A[\p{L}\p{N}_./][\p{L}\p{N}_./+@:=-]*(?<!:)\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafeInFlow();
}

/// <summary>What takes a value's place.</summary>
/// <param name="IsText">Whether it is a string, and must be read as one.</param>
internal sealed record YamlReplacement(string Text, bool IsText);
