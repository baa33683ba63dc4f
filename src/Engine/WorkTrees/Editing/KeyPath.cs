using System.Globalization;
using System.Text;

namespace Waybill.Engine.WorkTrees.Editing;

/// <summary>
/// A key as Kargo writes them, the syntax of sjson: parts between dots, <c>\.</c> for a dot within a part, a number for an item of a
/// list, and <c>:3</c> for a field that is named like a number.
/// </summary>
public sealed class KeyPath
{
    private const int MaxParts = EditLimits.MaxDepth;

    private KeyPath(string text, IReadOnlyList<KeyPart> parts)
    {
        Text = text;
        Parts = parts;
    }

    /// <summary>The key as it was written.</summary>
    public string Text { get; }

    public IReadOnlyList<KeyPart> Parts { get; }

    /// <exception cref="FileEditException">It is not a key.</exception>
    public static KeyPath Parse(string text)
    {
        var parts = new List<KeyPart>();
        var part = new StringBuilder();
        var isName = false;
        var key = text.Trim();
        for (var i = 0; i < key.Length; i++)
        {
            switch (key[i])
            {
                case '\\' when i + 1 < key.Length && key[i + 1] is '.' or ':' or '\\':
                    part.Append(key[++i]);
                    break;
                case '\\':
                    throw Wrong(text, "a \\ must stand before a dot or a colon");
                case '.':
                    Add();
                    break;
                case ':' when part.Length == 0 && !isName:
                    isName = true;
                    break;
                case ':':
                    throw Wrong(text, "write a colon within a name as \\:");
                default:
                    part.Append(key[i]);
                    break;
            }
        }

        Add();
        return new KeyPath(text, parts);

        void Add()
        {
            if (part.Length == 0 || parts.Count == MaxParts)
            {
                throw Wrong(text, part.Length == 0 ? "it has an empty part" : $"it has more than {MaxParts} parts");
            }

            parts.Add(new KeyPart(part.ToString(), isName));
            part.Clear();
            isName = false;
        }
    }

    /// <summary>The first parts, as a key.</summary>
    public string UpTo(int count) => string.Join('.', Parts.Take(count).Select(p => p.ToString()));

    public override string ToString() => Text;

    private static FileEditException Wrong(string text, string why) => new($"\"{text}\" is not a key: {why}");
}

/// <summary>A part of a key.</summary>
/// <param name="Name">A field's name or an item's number.</param>
/// <param name="IsName">Whether it names a field even where it looks like a number.</param>
public sealed record KeyPart(string Name, bool IsName)
{
    /// <summary>Which item of a list it means, -1 for a new one at the end; null when it can't mean one.</summary>
    public int? Index =>
        !IsName && int.TryParse(Bare, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) && index >= -1 ? index : null;

    // An older way of writing it, which Kargo reads too.
    private string Bare => Name is ['[', .. var inner, ']'] ? inner : Name;

    public override string ToString() => (IsName ? ":" : "") + Name.Replace("\\", "\\\\").Replace(".", "\\.").Replace(":", "\\:");
}
