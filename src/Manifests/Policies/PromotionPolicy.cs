using Waybill.Domain.Pipelines;
using Waybill.Manifests.Patterns;

namespace Waybill.Manifests.Policies;

/// <summary>One entry of a project's promotion policies: which stages, and whether freight goes there by itself.</summary>
internal sealed record PromotionPolicy(PatternMatcher? Name, IReadOnlyList<LabelRequirement> Labels, bool AutoPromotionEnabled)
{
    public bool Selects(Stage stage) =>
        (Name?.Matches(stage.Name) ?? true) && Labels.All(requirement => requirement.IsMetBy(stage.Labels));
}

/// <summary>What a label must be for a stage to be selected.</summary>
internal sealed record LabelRequirement(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    public bool IsMetBy(IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.In => has && Values.Contains(value, StringComparer.Ordinal),
            LabelOperator.NotIn => !has || !Values.Contains(value, StringComparer.Ordinal),
            LabelOperator.Exists => has,
            _ => !has,
        };
    }
}

/// <summary>How a <see cref="LabelRequirement"/> compares; the words of Kubernetes.</summary>
internal enum LabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
}
