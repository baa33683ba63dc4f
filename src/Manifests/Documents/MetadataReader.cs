using System.Text.RegularExpressions;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>Reads <c>metadata</c>.</summary>
internal static partial class MetadataReader
{
    private const int MaxNameLength = 253;

    /// <summary>Always a document; one whose name cannot be read has an empty name.</summary>
    public static ManifestDocument Read(MapReader document, string kind)
    {
        var nameless = new ManifestDocument(kind, "", null, document.Place);
        if (document.Map("metadata", required: true) is not { } found)
        {
            return nameless;
        }

        using var metadata = found;
        metadata.PassOver(
            "creationTimestamp", "deletionTimestamp", "finalizers", "generation", "managedFields", "ownerReferences", "resourceVersion", "selfLink", "uid");
        var name = metadata.Take("name", required: true);
        var annotations = metadata.Take("annotations");
        return nameless with
        {
            Name = ReadName(name) ?? "",
            Namespace = ReadName(metadata.Take("namespace")),
            Place = name?.Place ?? metadata.Place,
            Labels = metadata.Texts("labels"),
            Annotations = ReadAnnotations(annotations),
            AnnotationsCursor = annotations,
        };
    }

    /// <summary>A name as Kubernetes allows it.</summary>
    public static string? ReadName(Cursor? field)
    {
        if (field?.Text() is not { } name)
        {
            return null;
        }

        if (name.Length <= MaxNameLength && KubernetesName().IsMatch(name))
        {
            return name;
        }

        field.Error($"{Cursor.Quoted(name)} is not a name: use lower-case letters, digits, - and ., starting and ending with a letter or digit");
        return null;
    }

    private static Dictionary<string, string> ReadAnnotations(Cursor? field)
    {
        var texts = field?.Map()?.TakeAll().Select(a => (a.Name, Text: a.Value.Text())) ?? [];
        return texts.Where(a => a.Text is not null).ToDictionary(a => a.Name, a => a.Text!, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex KubernetesName();
}
