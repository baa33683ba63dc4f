using Waybill.Manifests.Analyses;
using Waybill.Manifests.Reading;
using Waybill.Manifests.Steps;

namespace Waybill.Manifests.Documents;

/// <summary>Reads one document of any kind. Null when it declares nothing that Waybill works with; then a problem or notice says so.</summary>
internal sealed class DocumentReader(IReadOnlyDictionary<string, StepSchema> schemas)
{
    private readonly StageReader _stages = new(new StepReader(schemas));
    private readonly PromotionTaskReader _tasks = new(new StepReader(schemas));

    public Draft? Read(Cursor root)
    {
        // Between two --- there may be nothing, or only comments.
        if (root.IsNull || root.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var apiVersion = fields.Take("apiVersion", required: true);
        var kind = fields.Take("kind", required: true);
        if (apiVersion?.Text() is not { } version || kind?.Text() is not { } name)
        {
            fields.TakeAll();
            return null;
        }

        if (version == Kinds.KargoApiVersion && Kinds.Kargo.Contains(name))
        {
            return ReadKargo(fields, name);
        }

        if (version == "v1" && name == Kinds.ConfigMap)
        {
            return ReadConfigMap(fields);
        }

        if (version == Kinds.ArgoApiVersion && Kinds.Analysis.Contains(name))
        {
            return ReadAnalysis(fields, name);
        }

        ReportUnread(apiVersion, version, kind, name, fields);
        return null;
    }

    private Draft? ReadKargo(MapReader fields, string kind)
    {
        var document = MetadataReader.Read(fields, kind);
        WaybillAnnotations.RefuseUnknown(document);
        fields.PassOver("status");
        var needsSpec = kind is Kinds.Stage or Kinds.Warehouse or Kinds.PromotionTask;
        var spec = fields.Take("spec", needsSpec);
        return kind switch
        {
            Kinds.Project => ReadProject(document, spec),
            Kinds.ProjectConfig => ProjectConfigReader.Read(document, spec),
            Kinds.Warehouse => WarehouseReader.Read(document, spec),
            Kinds.PromotionTask => _tasks.Read(document, spec),
            _ => _stages.Read(document, spec),
        };
    }

    private static Draft ReadAnalysis(MapReader fields, string kind)
    {
        var document = MetadataReader.Read(fields, kind);
        WaybillAnnotations.RefuseUnknown(document);
        fields.PassOver("status");
        return AnalysisTemplateReader.Read(document, fields.Take("spec", required: true));
    }

    private static ProjectDraft ReadProject(ManifestDocument document, Cursor? spec)
    {
        if (spec?.Map() is { } found)
        {
            using var fields = found;
            fields.Refuse("promotionPolicies", "Kargo moved it: write it in the spec of a ProjectConfig of the same name");
        }

        return new ProjectDraft(document);
    }

    private static ConfigMapDraft ReadConfigMap(MapReader fields)
    {
        var document = MetadataReader.Read(fields, Kinds.ConfigMap);
        fields.Flag("immutable");
        fields.Refuse("binaryData", "expressions read text only: write it in data");
        return new ConfigMapDraft(document, fields.Texts("data"));
    }

    private static void ReportUnread(Cursor apiVersion, string version, Cursor kind, string name, MapReader fields)
    {
        switch (version, name)
        {
            case ("v1", Kinds.Secret):
                SecretReader.Report(kind, fields);
                break;
            case ("v1", Kinds.Namespace):
                kind.Notice("has no effect: a Project is enough for Waybill");
                break;
            case var _ when Kinds.Unsupported.TryGetValue(name, out var instead):
                kind.Error($"kind {name} is not supported: {instead}");
                break;
            case var _ when Kinds.Kargo.Contains(name):
                apiVersion.Error($"{Cursor.Quoted(version)} has no kind {name} that Waybill knows: write {Kinds.KargoApiVersion}");
                break;
            case var _ when Kinds.Analysis.Contains(name):
                apiVersion.Error($"{Cursor.Quoted(version)} has no kind {name} that Waybill knows: write {Kinds.ArgoApiVersion}");
                break;
            default:
                kind.Error($"unknown kind {Cursor.Quoted(name)} of {Cursor.Quoted(version)}{Suggestion.For(name, [.. Kinds.Kargo, .. Kinds.Analysis])}");
                break;
        }

        fields.TakeAll();
    }
}
