using Waybill.Domain.WorkTrees;

namespace Waybill.Engine.WorkTrees;

/// <summary>Which files of a checkout a range of edits may have changed.</summary>
internal static class TouchedPaths
{
    public static Task<IReadOnlySet<string>> FindAsync(FileHistory history, Checkout checkout, int from, int until, CancellationToken cancellationToken) =>
        FindAsync(history, checkout, (from, until), withDeleted: true, cancellationToken);

    /// <summary>The same without files that were deleted and not made again: a cleared repository need not be listed for them.</summary>
    public static Task<IReadOnlySet<string>> FindKeptAsync(FileHistory history, Checkout checkout, int from, int until, CancellationToken cancellationToken) =>
        FindAsync(history, checkout, (from, until), withDeleted: false, cancellationToken);

    private static async Task<IReadOnlySet<string>> FindAsync(
        FileHistory history, Checkout checkout, (int From, int Until) edits, bool withDeleted, CancellationToken cancellationToken)
    {
        var (from, until) = edits;
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
            else if (withDeleted)
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
