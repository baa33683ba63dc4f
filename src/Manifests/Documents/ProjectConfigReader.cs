using Waybill.Domain.Pipelines;
using Waybill.Manifests.Patterns;
using Waybill.Manifests.Policies;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>Reads a ProjectConfig's promotion policies.</summary>
internal static class ProjectConfigReader
{
    public static ProjectConfigDraft Read(ManifestDocument document, Cursor? spec)
    {
        if (spec?.Map() is not { } found)
        {
            return new ProjectConfigDraft(document, []);
        }

        using var fields = found;
        fields.Refuse("webhookReceivers", "Waybill has one receiver, /webhooks/github, and its secret is in the settings");
        fields.Refuse("freightLinks", "remove it: the dashboard links to commits by itself");
        fields.Refuse("stageLinks", "remove it");
        fields.Refuse("promotionWindows", "this version of Waybill has no windows: use a wait-for-approval step");
        return new ProjectConfigDraft(document, [.. fields.Items("promotionPolicies").Select(ReadPolicy).OfType<PolicyDraft>()]);
    }

    private static PolicyDraft? ReadPolicy(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        fields.Refuse("autoRollback", "this version of Waybill does not roll back by itself: promote the older freight");
        var enabled = fields.Flag("autoPromotionEnabled");
        var stage = fields.Take("stage");
        var selector = fields.Take("stageSelector");
        if (stage is null == selector is null)
        {
            item.Error("exactly one of stageSelector and stage (its older form) is required");
            return null;
        }

        return stage is not null ? ReadOldForm(stage, enabled) : ReadSelector(selector!, enabled);
    }

    private static PolicyDraft? ReadOldForm(Cursor stage, bool enabled) =>
        MetadataReader.ReadName(stage) is { } name && PatternMatcher.TryCreate(new Pattern(PatternKind.Literal, name), out var matcher, out _)
            ? new PolicyDraft(new PromotionPolicy(matcher, [], enabled), name, stage)
            : null;

    private static PolicyDraft? ReadSelector(Cursor selector, bool enabled)
    {
        if (selector.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var name = fields.Take("name");
        var byLabel = fields.Texts("matchLabels").Select(l => new LabelRequirement(l.Key, LabelOperator.In, [l.Value])).ToList();
        var expressions = fields.Items("matchExpressions");
        var labels = byLabel.Concat(expressions.Select(ReadExpression).OfType<LabelRequirement>()).ToList();
        if (name is null)
        {
            RefuseEmpty(selector, byLabel.Count + expressions.Count);
            return new PolicyDraft(new PromotionPolicy(null, labels, enabled), null, selector);
        }

        return ReadPattern(name) is { } pattern && PatternFields.Check(name, pattern) is { } matcher
            ? new PolicyDraft(new PromotionPolicy(matcher, labels, enabled), ExactName(pattern, labels), name)
            : null;
    }

    private static Pattern? ReadPattern(Cursor name)
    {
        if (name.Text() is not { } text)
        {
            return null;
        }

        var pattern = Pattern.Parse(text);
        return pattern.Kind is not PatternKind.Literal || MetadataReader.ReadName(name) is not null ? pattern : null;
    }

    private static string? ExactName(Pattern pattern, List<LabelRequirement> labels) =>
        pattern.Kind is PatternKind.Literal && labels.Count == 0 ? pattern.Text : null;

    private static void RefuseEmpty(Cursor selector, int requirements)
    {
        if (requirements == 0)
        {
            selector.Error("selects by neither name nor labels: write name: glob:* if every stage is meant");
        }
    }

    private static LabelRequirement? ReadExpression(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var key = fields.Text("key", required: true);
        var comparison = fields.Take("operator", required: true)?.OneOf(Enum.GetNames<LabelOperator>());
        var values = fields.Items("values").Select(v => v.Text()).OfType<string>().ToList();
        if (key is null || comparison is null)
        {
            return null;
        }

        var requirement = new LabelRequirement(key, Enum.Parse<LabelOperator>(comparison), values);
        var needsValues = requirement.Operator is LabelOperator.In or LabelOperator.NotIn;
        if (needsValues != values.Count > 0)
        {
            item.Error(needsValues ? $"{comparison} needs values" : $"{comparison} takes no values");
        }

        return requirement;
    }
}
