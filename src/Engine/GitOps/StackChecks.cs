using Waybill.Domain.Promotions;
using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;

namespace Waybill.Engine.GitOps;

/// <summary>
/// Finds the Stacks that a promotion reaches through Git: those whose manifests it committed with a commit of its freight. They are
/// what the stage's health is read from, so that a deployment's end is known when the operator knows it.
/// </summary>
public sealed class StackChecks(GitOpsOptions options)
{
    /// <param name="promotion">Whose freight it is.</param>
    /// <param name="texts">The files that were pushed, as they are now.</param>
    public IReadOnlyList<StackHealthCheck> Find(Promotion promotion, IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        if (options.Cluster is not { Length: > 0 } cluster)
        {
            return [];
        }

        var commits = promotion.Collection.Values.SelectMany(f => f.Commits).Select(c => c.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. texts.SelectMany(StackManifest.ReadAll)
                .Where(s => s.Commit is { } commit && commits.Contains(commit))
                .Select(s => new StackHealthCheck(Reference(cluster, s), s.Commit!, s.Preview ? "preview" : "up") { ArrivesThroughGit = true })
                .DistinctBy(c => c.Subject),
        ];
    }

    private StackReference Reference(string cluster, StackManifest stack) => new(cluster, stack.Namespace ?? options.Namespace, stack.Name);
}
