using System.Text;

namespace Waybill.Engine.WorkTrees.Editing;

/// <summary>A piece of a text and what takes its place.</summary>
internal sealed record TextSplice(int Start, int End, string Text)
{
    /// <summary>Puts in all pieces; those at the same place in the order given. All other characters stay.</summary>
    /// <exception cref="FileEditException">Two pieces overlap.</exception>
    public static string Apply(string text, IEnumerable<TextSplice> splices)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var splice in splices.OrderBy(s => s.Start).ThenBy(s => s.End))
        {
            if (splice.Start < position)
            {
                throw new FileEditException("two changes would be made at the same place");
            }

            result.Append(text, position, splice.Start - position).Append(splice.Text);
            position = splice.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
