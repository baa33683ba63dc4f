using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>The settings of a stage that Kargo has no field for.</summary>
internal static class WaybillAnnotations
{
    private const string Prefix = "waybill.dev/";
    private const string VerificationTimeout = Prefix + "verification-timeout";

    /// <summary>How long a stage may take to become healthy and verified; null when it is not said.</summary>
    public static TimeSpan? ReadVerificationTimeout(ManifestDocument stage) =>
        Find(stage, VerificationTimeout)?.Duration();

    /// <summary>Reports annotations in Waybill's name that it does not know.</summary>
    public static void RefuseUnknown(ManifestDocument document)
    {
        string[] known = document.Kind == Kinds.Stage ? [VerificationTimeout] : [];
        foreach (var (name, value) in All(document))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name))
            {
                value.Error($"unknown annotation for a {document.Kind}{Suggestion.For(name, known)}");
            }
        }
    }

    private static Cursor? Find(ManifestDocument document, string name) =>
        All(document).Where(a => a.Name == name).Select(a => a.Value).FirstOrDefault();

    private static IReadOnlyList<(string Name, Cursor Value)> All(ManifestDocument document) =>
        document.AnnotationsCursor is { Node: Yaml.MappingNode } annotations ? annotations.Map()!.TakeAll() : [];
}
