using System.Text;
using Waybill.Engine.Ports;

namespace Waybill.Engine.WorkTrees;

/// <summary>A file at some moment of a promotion: as a repository holds it, or with a text of its own.</summary>
/// <param name="Stored">What a repository holds; null for a text.</param>
/// <param name="Text">The text that edits gave it; null when it is as stored.</param>
internal sealed record FileState(StoredEntry? Stored, string? Text)
{
    public const string PlainMode = "100644";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Mode { get; init; } = Stored?.Mode ?? PlainMode;

    public EntryKind Kind => Stored?.Kind ?? EntryKind.File;

    /// <summary>Null for bytes that are not UTF-8.</summary>
    public static string? Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // A byte order mark stays where it is: untouched bytes are none of our business.
            return bytes.Span.Contains((byte)0) ? null : Strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
