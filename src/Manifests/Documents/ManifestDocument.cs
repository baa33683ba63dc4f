using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>What every document says of itself, read before its <c>spec</c>.</summary>
/// <param name="Place">Where its name stands.</param>
internal sealed record ManifestDocument(string Kind, string Name, string? Namespace, Place Place)
{
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The annotations' values with their places, for those that a reader understands.</summary>
    public Cursor? AnnotationsCursor { get; init; }
}
