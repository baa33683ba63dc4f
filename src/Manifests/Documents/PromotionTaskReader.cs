using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>Reads a PromotionTask.</summary>
internal sealed class PromotionTaskReader(StepReader steps)
{
    public Draft Read(ManifestDocument document, Cursor? spec)
    {
        if (spec?.Map() is not { } found)
        {
            return new UnreadableDraft(document);
        }

        using var fields = found;
        return new TaskDraft(document, VariableReader.Read(fields), steps.Read(fields.RequiredItems("steps"), mayReferToTasks: false));
    }
}
