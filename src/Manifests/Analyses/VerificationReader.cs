using Waybill.Manifests.Documents;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Analyses;

/// <summary>Reads a stage's <c>verification</c>.</summary>
internal static class VerificationReader
{
    /// <summary>Null when the stage has none.</summary>
    public static VerificationDraft? Read(Cursor? verification)
    {
        if (verification?.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        fields.Take("analysisRunMetadata")?.Notice("has no effect: Waybill keeps its runs itself and makes no AnalysisRun in a cluster");
        var templates = fields.Items("analysisTemplates").Select(ReadReference).OfType<TemplateReference>().ToList();
        return new VerificationDraft(templates, ArgumentReader.ReadGiven(fields.Items("args")));
    }

    private static TemplateReference? ReadReference(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var kind = fields.Take("kind")?.OneOf(Kinds.Analysis) ?? Kinds.AnalysisTemplate;
        var name = fields.Take("name", required: true);
        return MetadataReader.ReadName(name) is { } text ? new TemplateReference(text, kind == Kinds.ClusterAnalysisTemplate, name!) : null;
    }
}
