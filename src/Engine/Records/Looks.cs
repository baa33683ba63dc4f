namespace Waybill.Engine.Records;

/// <summary>What a text from outside looks like, before it becomes part of a key.</summary>
internal static class Looks
{
    private const int MaxLength = 256;

    /// <summary>Printable ASCII that every store takes in a key.</summary>
    public static bool LikeKeyPart(string text) =>
        text.Length is > 0 and <= MaxLength && text.All(c => c is > ' ' and < '\u007f' and not ('/' or '\\' or '#' or '?' or '%'));

    public static bool LikeHash(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);
}
