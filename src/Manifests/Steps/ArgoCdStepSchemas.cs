namespace Waybill.Manifests.Steps;

/// <summary>The steps that have Argo CD do something, configured as Kargo's are.</summary>
internal static class ArgoCdStepSchemas
{
    public static IEnumerable<StepSchema> All { get; } = [Update(), Wait()];

    private static StepSchema Update()
    {
        var kustomize = new ObjectShape
        {
            Fields = Fields(("repoURL", ConfigShape.Text), ("newName", ConfigShape.Text), ("digest", ConfigShape.Text), ("tag", ConfigShape.Text)),
            Required = ["repoURL"],
            Rule = set => set.Contains("digest") == set.Contains("tag") ? "an image sets either digest or tag" : null,
        };
        var helm = new ObjectShape { Fields = Fields(("key", ConfigShape.Text), ("value", ConfigShape.Text)), Required = ["key", "value"] };
        var source = new ObjectShape
        {
            Fields = Fields(
                ("repoURL", ConfigShape.Text),
                ("chart", ConfigShape.Text),
                ("desiredRevision", ConfigShape.Text),
                ("updateTargetRevision", ConfigShape.Flag),
                ("kustomize", Images(kustomize)),
                ("helm", Images(helm))),
            Required = ["repoURL"],
            Rule = set => set.Contains("updateTargetRevision") && !set.Contains("desiredRevision") ? "updateTargetRevision needs desiredRevision" : null,
        };
        return Step("argocd-update", ("sources", ConfigShape.ListOf(source, mayBeEmpty: false)));
    }

    private static StepSchema Wait() => Step(
        "argocd-wait", ("waitFor", ConfigShape.ListOf(ConfigShape.OneOf("health", "sync", "operation", "suspended", "degraded"), mayBeEmpty: false)));

    private static StepSchema Step(string uses, (string Name, ConfigShape Shape) own)
    {
        var app = new ObjectShape
        {
            Fields = Fields(("name", ConfigShape.Text), ("namespace", ConfigShape.Text), ("selector", Selector()), own),
            Rule = set => set.Contains("name") == set.Contains("selector") ? "an Application is given by either name or selector" : null,
        };
        return new(uses, new ObjectShape { Fields = Fields(("apps", ConfigShape.ListOf(app, mayBeEmpty: false))), Required = ["apps"] });
    }

    private static ObjectShape Selector()
    {
        var expression = new ObjectShape
        {
            Fields = Fields(
                ("key", ConfigShape.Text),
                ("operator", ConfigShape.OneOf("In", "NotIn", "Exists", "DoesNotExist")),
                ("values", ConfigShape.ListOf(ConfigShape.Text))),
            Required = ["key", "operator"],
        };
        return new()
        {
            Fields = Fields(
                ("matchLabels", new ObjectShape { IsOpen = true, MayBeEmpty = false }),
                ("matchExpressions", ConfigShape.ListOf(expression, mayBeEmpty: false))),
            MayBeEmpty = false,
        };
    }

    private static ObjectShape Images(ObjectShape image) => new()
    {
        Fields = Fields(("images", ConfigShape.ListOf(image, mayBeEmpty: false))),
        Required = ["images"],
    };

    private static Dictionary<string, ConfigShape> Fields(params (string Name, ConfigShape Shape)[] fields) =>
        fields.ToDictionary(f => f.Name, f => f.Shape, StringComparer.Ordinal);
}
