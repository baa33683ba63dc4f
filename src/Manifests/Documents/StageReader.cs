using Waybill.Domain.Pipelines;
using Waybill.Manifests.Analyses;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>Reads a Stage, its task references still unresolved.</summary>
internal sealed class StageReader(StepReader steps)
{
    public Draft Read(ManifestDocument document, Cursor? spec)
    {
        if (spec?.Map() is not { } found)
        {
            return new UnreadableDraft(document);
        }

        using var fields = found;
        fields.Refuse("shard", "remove it: Waybill has no shards");
        fields.Refuse("targets", Kinds.Unsupported["Target"]);
        fields.Refuse("promotionMechanisms", "Kargo replaced it with promotionTemplate");
        fields.Refuse("subscriptions", "Kargo replaced it with requestedFreight");
        var vars = VariableReader.Read(fields);
        var requests = FreightRequestReader.Read(fields.RequiredItems("requestedFreight"));
        var (templateVars, drafts) = ReadTemplate(fields.Take("promotionTemplate"));
        var verification = VerificationReader.Read(fields.Take("verification"));
        var stage = new Stage { Name = document.Name, RequestedFreight = [.. requests.Select(r => r.Request)] };
        return new StageDraft(
            document,
            stage with
            {
                Labels = document.Labels,
                Annotations = document.Annotations,
                Vars = [.. vars, .. templateVars],
                VerificationTimeout = WaybillAnnotations.ReadVerificationTimeout(document),
            },
            requests,
            drafts,
            verification);
    }

    private (IReadOnlyList<Variable> Vars, IReadOnlyList<StepDraft> Steps) ReadTemplate(Cursor? template)
    {
        if (template?.Map() is not { } found)
        {
            return ([], []);
        }

        using var outer = found;
        if (outer.Map("spec", required: true) is not { } spec)
        {
            return ([], []);
        }

        using var fields = spec;
        return (VariableReader.Read(fields), steps.Read(fields.Items("steps"), mayReferToTasks: true));
    }
}
