using Waybill.Domain.WorkTrees;

namespace Waybill.Engine.WorkTrees;

/// <summary>Which files of a checkout a range of edits may have changed.</summary>
internal static class TouchedPaths
{
    public static async Task<IReadOnlySet<string>> FindAsync(FileHistory history, Checkout checkout, int from, int until, CancellationToken cancellationToken)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        for (var i = from; i < until; i++)
        {
            var edit = history.Tree.Edits[i];
            if (edit.IsOfText())
            {
                touched.Add(edit.Path);
            }
            else if (edit.IsCopy())
            {
                touched.UnionWith((await history.CopiedAsync(i, cancellationToken)).Select(f => PathRules.Join(edit.Path, f.Key)));
            }
            else
            {
                touched.UnionWith(await DeletedAsync(history, edit.Path, i, cancellationToken));
            }
        }

        touched.RemoveWhere(p => history.Tree.CheckoutOf(p, until) != checkout);
        return touched;
    }

    private static async Task<IEnumerable<string>> DeletedAsync(FileHistory history, string path, int edits, CancellationToken cancellationToken) =>
        await history.FindAsync(path, edits, cancellationToken) is not null
            ? [path]
            : (await history.ListAsync(path, edits, cancellationToken)).Keys.Select(below => PathRules.Join(path, below));
}
