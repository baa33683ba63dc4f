using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.GitOps;

/// <summary>Finds the Stacks among the files that a promotion edited in a checkout, whether or not the edit made a difference.</summary>
public sealed class PushedStacks(WorkTrees.WorkTrees trees, StackChecks checks)
{
    private static readonly string[] Endings = [".yaml", ".yml"];

    /// <param name="promotion">Whose files they are.</param>
    /// <param name="checkout">As it was before the push.</param>
    /// <param name="cancellationToken">Ends reading what is not at hand.</param>
    public async Task<IReadOnlyList<StackHealthCheck>> FindAsync(Promotion promotion, Checkout checkout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        ArgumentNullException.ThrowIfNull(checkout);
        var edits = promotion.WorkTree.Edits.Count;
        var history = trees.HistoryOf(promotion.WorkTree);
        List<string> texts = [];
        foreach (var path in await TouchedPaths.FindKeptAsync(history, checkout, checkout.Since, edits, cancellationToken))
        {
            if (Endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)) && await history.ReadAsync(path, edits, cancellationToken) is { } text)
            {
                texts.Add(text);
            }
        }

        return checks.Find(promotion, texts);
    }
}
