using System.Diagnostics.CodeAnalysis;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Records;

namespace Waybill.Engine.Ingest;

/// <summary>
/// Makes freight of the commits that a person chose among those that a warehouse discovered: the only way to freight under
/// <see cref="FreightCreationPolicy.Manual"/>, and the way to a commit that was never the newest under Automatic.
/// </summary>
public sealed class HandAssembler(ProjectStore store, FreightAssembler assembler, IDriver driver, TimeProvider time)
{
    /// <summary>What is known of a warehouse's repositories. One round trip.</summary>
    public async Task<WarehouseState> LookAsync(string project, Warehouse warehouse, CancellationToken cancellationToken) =>
        (await store.GetIngestStateAsync(project, cancellationToken)).Of(warehouse.Name).Value;

    /// <summary>A subscription that nothing was chosen for contributes its newest commit. The same commits again are the same freight.</summary>
    public async Task<AssemblyResult> AssembleAsync(
        string project, Warehouse warehouse, IReadOnlyList<CommitChoice> choices, string actor, CancellationToken cancellationToken)
    {
        var conflicts = new FreightConflicts();
        var result = await Optimistic.RunAsync(
            token => conflicts.WatchAsync(() => TryAssembleAsync(project, warehouse, choices, actor, conflicts, token)), cancellationToken);
        if (result.IsNew)
        {
            await driver.EvaluateProjectAsync(project, null, cancellationToken);
        }

        return result;
    }

    private async Task<AssemblyResult> TryAssembleAsync(
        string project, Warehouse warehouse, IReadOnlyList<CommitChoice> choices, string actor, FreightConflicts conflicts, CancellationToken cancellationToken)
    {
        var state = await LookAsync(project, warehouse, cancellationToken);
        if (!CommitChoices.TryResolve(warehouse, state, choices, out var commits, out var problem))
        {
            return AssemblyResult.Refused(problem);
        }

        var freight = FreightAssembler.Create(warehouse, commits, time.GetUtcNow(), conflicts);
        if (await store.GetFreightAsync(project, freight.Id, cancellationToken) is { Value: var existing })
        {
            return new AssemblyResult(existing, IsNew: false, null);
        }

        await store.Begin(project).Write(new Stored<Freight>(freight, null)).Audit(assembler.Entry(freight, actor)).CommitAsync(cancellationToken);
        return new AssemblyResult(freight, IsNew: true, null);
    }
}

/// <summary>A commit that a person chose.</summary>
/// <param name="RepoUrl">The repository, in any of the ways that a subscription may spell it.</param>
/// <param name="Id">The commit's hash, at least seven digits of it, or a tag.</param>
/// <param name="Subscription">The subscription's name, where several watch the repository; null when that is not needed.</param>
public sealed record CommitChoice(string RepoUrl, string Id, string? Subscription = null);

/// <summary>What came of it.</summary>
/// <param name="Freight">The freight; null when there is none.</param>
/// <param name="IsNew">Whether it was not there before.</param>
/// <param name="Refusal">Why there is none.</param>
public sealed record AssemblyResult(Freight? Freight, bool IsNew, Refusal? Refusal)
{
    [MemberNotNullWhen(true, nameof(Freight))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Freight is not null;

    public static AssemblyResult Refused(string message) => new(null, false, new Refusal(RefusalKind.NotPossible, message));
}
