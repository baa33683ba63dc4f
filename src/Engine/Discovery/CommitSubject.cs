namespace Waybill.Engine.Discovery;

/// <summary>What a commit message becomes on pages and in records.</summary>
public static class CommitSubject
{
    public const int MaxLength = 255;

    /// <summary>The message's first line without control characters, at most 255 characters.</summary>
    public static string Of(string message)
    {
        var start = message.AsSpan().TrimStart();
        var end = start.IndexOfAny('\r', '\n');
        var line = end < 0 ? start : start[..end];

        // A message may be megabytes; only as much is looked at as could matter.
        var clean = string.Concat(line[..Math.Min(line.Length, 16 * MaxLength)].ToString().Where(c => !char.IsControl(c) && !IsInvisible(c))).Trim();
        return clean.Length <= MaxLength ? clean : clean[..(char.IsHighSurrogate(clean[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    // Characters that reorder or hide text around them, so that a subject can't dress up as another.
    private static bool IsInvisible(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029' or '\uFEFF' or '\u200B';
}
