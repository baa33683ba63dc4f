using Waybill.Domain.Analysis;

namespace Waybill.Domain.Pipelines;

/// <summary>A place that freight is promoted to, and the steps that put it there.</summary>
public sealed record Stage
{
    public required string Name { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The manifest's annotations; <c>kargo.akuity.io/color</c> colours the dashboard.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>What the stage takes, one entry an origin.</summary>
    public required IReadOnlyList<FreightRequest> RequestedFreight { get; init; }

    /// <summary>Variables for every step, before the steps' own.</summary>
    public IReadOnlyList<Variable> Vars { get; init; } = [];

    /// <summary>What a promotion to this stage does, tasks already inlined. Empty for a control-flow stage.</summary>
    public IReadOnlyList<PromotionStep> Steps { get; init; } = [];

    /// <summary>What to measure once the stage is healthy, before freight counts as verified; null when health is enough.</summary>
    public AnalysisPlan? Analysis { get; init; }

    /// <summary>Whether the project's policies let freight come here by itself. Never said by the stage's own manifest.</summary>
    public bool AutoPromotionEnabled { get; init; }

    /// <summary>How long after a successful promotion the stage may take to become healthy; null leaves it to the way the promotion took.</summary>
    public TimeSpan? VerificationTimeout { get; init; }

    /// <summary>A stage without steps deploys nothing: whatever is available to it counts as verified in it at once.</summary>
    public bool IsControlFlow => Steps.Count == 0;

    public FreightRequest? RequestFor(string warehouse) => RequestedFreight.FirstOrDefault(r => r.Warehouse == warehouse);
}

/// <summary>A variable of a promotion: the value is a template that may refer to variables before it.</summary>
/// <param name="Name">What <c>vars.NAME</c> says.</param>
/// <param name="Value">Text with <c>${{ }}</c> expressions.</param>
public sealed record Variable(string Name, string Value);
