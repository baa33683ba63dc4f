using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Tests.Storage;

public abstract partial class RowStoreContract
{
    [SkippableFact]
    public async Task Of_fifty_inserts_of_one_key_exactly_one_wins()
    {
        var store = await StoreAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            () => CommitAsync(store, RowChange.Insert("one", Json($"{i}")), RowChange.Insert($"audit-{i:D2}", Json($"{i}"))))));

        var winner = Assert.Single(Enumerable.Range(0, 50), i => results[i].IsCommitted);
        Assert.All(results.Where(result => !result.IsCommitted), result => AssertConflict("one", ConflictKind.Exists, result));
        Assert.Equal(Json($"{winner}"), (await GetAsync(store, "one"))!.Document);
        Assert.Equal([$"audit-{winner:D2}"], await KeysAsync(store, KeyRange.Prefix("audit-")));
    }

    [SkippableFact]
    public async Task Racing_replacements_lose_nothing()
    {
        var store = await StoreAsync();
        await CommitOneAsync(store, RowChange.Insert("count", "0"));

        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CountUpAsync(store, 5))));

        Assert.Equal("40", (await GetAsync(store, "count"))!.Document);
        Assert.Equal(40, versions.SelectMany(each => each).Distinct().Count());
    }

    [SkippableFact]
    public async Task Nothing_happens_for_a_caller_that_has_gone()
    {
        var store = await StoreAsync();
        var gone = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.GetAsync(_partition, "a", gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.QueryAsync(_partition, KeyRange.Prefix("a"), 1, gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.CommitAsync(_partition, [RowChange.Insert("a", Json("one"))], gone));

        Assert.Null(await GetAsync(store, "a"));
    }

    private async Task<List<string>> CountUpAsync(IRowStore store, int times)
    {
        var won = new List<string>();
        while (won.Count < times)
        {
            var row = (await GetAsync(store, "count"))!;
            var result = await CommitAsync(store, RowChange.Replace("count", $"{int.Parse(row.Document) + 1}", row.Version));
            won.AddRange(result.Versions.Values);
        }

        return won;
    }
}
