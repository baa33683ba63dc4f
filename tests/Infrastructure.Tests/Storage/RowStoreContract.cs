using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Tests.Storage;

/// <summary>What every <see cref="IRowStore"/> does; each store's test class inherits all of it.</summary>
public abstract partial class RowStoreContract
{
    private readonly string _partition = $"project-{Guid.NewGuid():N}";

    /// <summary>The store, or a skip where it can't run.</summary>
    protected abstract Task<IRowStore> StoreAsync();

    private static string Json(string text) => $$"""{"text":"{{text}}"}""";

    private async Task<string> CommitOneAsync(IRowStore store, RowChange change)
    {
        var result = await CommitAsync(store, change);

        Assert.Null(result.Conflict);
        return result.Versions.GetValueOrDefault(change.Key, "");
    }

    private Task<CommitResult> CommitAsync(IRowStore store, params RowChange[] changes) =>
        store.CommitAsync(_partition, changes, CancellationToken.None);

    private Task<Row?> GetAsync(IRowStore store, string key) => store.GetAsync(_partition, key, CancellationToken.None);

    private async Task<string[]> KeysAsync(IRowStore store, KeyRange range, int limit = 1000) =>
        [.. (await store.QueryAsync(_partition, range, limit, CancellationToken.None)).Select(row => row.Key)];

    private static void AssertConflict(string key, ConflictKind kind, CommitResult result)
    {
        Assert.False(result.IsCommitted);
        Assert.Equal(new CommitConflict(key, kind), result.Conflict);
        Assert.Empty(result.Versions);
    }
}
