using Waybill.Domain.Pipelines;
using Waybill.Manifests.Analyses;
using Waybill.Manifests.Policies;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>What a document says before its references are resolved.</summary>
internal abstract record Draft(ManifestDocument Document);

internal sealed record ProjectDraft(ManifestDocument Document) : Draft(Document);

internal sealed record ProjectConfigDraft(ManifestDocument Document, IReadOnlyList<PolicyDraft> Policies) : Draft(Document);

/// <param name="ExactStage">The one stage the policy names, if it names one.</param>
internal sealed record PolicyDraft(PromotionPolicy Policy, string? ExactStage, Cursor Cursor);

internal sealed record WarehouseDraft(ManifestDocument Document, Warehouse Warehouse) : Draft(Document);

internal sealed record ConfigMapDraft(ManifestDocument Document, IReadOnlyDictionary<string, string> Data) : Draft(Document);

/// <param name="Document">What it says of itself.</param>
/// <param name="Stage">Without its steps and its analysis.</param>
/// <param name="Requests">The freight it asks for.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Verification">Its verification; null when it has none.</param>
internal sealed record StageDraft(
    ManifestDocument Document,
    Stage Stage,
    IReadOnlyList<RequestDraft> Requests,
    IReadOnlyList<StepDraft> Steps,
    VerificationDraft? Verification) : Draft(Document);

internal sealed record TaskDraft(ManifestDocument Document, IReadOnlyList<Variable> Vars, IReadOnlyList<StepDraft> Steps) : Draft(Document);

/// <summary>A request with the places of the names in it.</summary>
internal sealed record RequestDraft(FreightRequest Request, Cursor Warehouse, IReadOnlyList<(string Name, Cursor Cursor)> Upstream);

/// <summary>A step, or a reference to a task that stands for its steps.</summary>
/// <param name="Step">For a reference only <c>As</c> and <c>Vars</c> mean anything.</param>
/// <param name="Task">The task's name and where it stands; null for a step.</param>
internal sealed record StepDraft(PromotionStep Step, Cursor Cursor, string? Task = null);

/// <summary>A document of a known kind that could not be read: its name still counts as declared.</summary>
internal sealed record UnreadableDraft(ManifestDocument Document) : Draft(Document);
