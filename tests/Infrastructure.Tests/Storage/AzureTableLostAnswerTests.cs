using Waybill.Engine.Ports;
using Waybill.Infrastructure.Storage;

namespace Waybill.Infrastructure.Tests.Storage;

/// <summary>The service carries a commit out, its answer is lost, and the SDK sends the commit again.</summary>
[Collection(nameof(AzuriteFixture))]
public sealed class AzureTableLostAnswerTests(AzuriteFixture azurite) : IDisposable
{
    private readonly LossyTransport _network = new();
    private readonly string _partition = $"project-{Guid.NewGuid():N}";

    public void Dispose() => _network.Dispose();

    [SkippableFact]
    public async Task A_commit_whose_answer_was_lost_is_recognised_as_ours()
    {
        var store = await azurite.CreateStoreAsync(_network.Use);
        var replaced = await InsertAsync(store, "replaced");
        var deleted = await InsertAsync(store, "deleted");

        _network.LoseAnswers = 1;
        var result = await CommitAsync(store,
            RowChange.Insert("inserted", "2"),
            RowChange.Replace("replaced", "2", replaced),
            RowChange.Put("put", "2"),
            RowChange.Delete("deleted", deleted));

        Assert.True(result.IsCommitted);
        var rows = await store.QueryAsync(_partition, KeyRange.Prefix(""), 10, CancellationToken.None);
        Assert.Equal(["inserted", "put", "replaced"], rows.Select(row => row.Key));
        Assert.Equal(rows.ToDictionary(row => row.Key, row => row.Version), result.Versions.ToDictionary());
    }

    [SkippableTheory]
    [InlineData(RowChangeKind.Insert)]
    [InlineData(RowChangeKind.Replace)]
    [InlineData(RowChangeKind.Put)]
    public async Task A_single_change_is_recognised_too(RowChangeKind kind)
    {
        var store = await azurite.CreateStoreAsync(_network.Use);
        var version = kind is RowChangeKind.Insert ? null : await InsertAsync(store, "a");

        _network.LoseAnswers = 1;
        var result = await CommitAsync(store, new RowChange(kind, "a", "2", version));

        Assert.True(result.IsCommitted);
        Assert.Equal(new Row("a", result.Versions["a"], "2"), await store.GetAsync(_partition, "a", CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_row_that_another_changed_in_the_meantime_gets_a_version_that_fits_nothing()
    {
        var store = await azurite.CreateStoreAsync(_network.Use);
        var other = await azurite.CreateStoreAsync();

        _network.LoseAnswers = 1;
        _network.Meanwhile = () => CommitAsync(other, RowChange.Put("a", "3"));
        var result = await CommitAsync(store, RowChange.Insert("a", "2"), RowChange.Insert("audit", "2"));
        var next = await CommitAsync(store, RowChange.Replace("a", "4", result.Versions["a"]));

        Assert.True(result.IsCommitted);
        Assert.Equal(new CommitConflict("a", ConflictKind.Changed), next.Conflict);
        Assert.Equal("3", (await store.GetAsync(_partition, "a", CancellationToken.None))!.Document);
    }

    [SkippableFact]
    public async Task A_conflict_with_another_stays_one_after_a_lost_answer()
    {
        var store = await azurite.CreateStoreAsync(_network.Use);
        var version = await InsertAsync(store, "a");
        await CommitAsync(store, RowChange.Replace("a", "2", version));

        _network.LoseAnswers = 1;
        var result = await CommitAsync(store, RowChange.Insert("audit", "3"), RowChange.Replace("a", "3", version));

        Assert.Equal(new CommitConflict("a", ConflictKind.Changed), result.Conflict);
        Assert.Null(await store.GetAsync(_partition, "audit", CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_deletion_leaves_no_trace_and_so_is_reported_as_unknown()
    {
        var store = await azurite.CreateStoreAsync(_network.Use);
        var version = await InsertAsync(store, "a");

        _network.LoseAnswers = 1;
        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => CommitAsync(store, RowChange.Delete("a", version)));

        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
        Assert.Contains("may have happened or not", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Every_call_is_one_request_also_when_it_conflicts_or_finds_nothing()
    {
        var store = await azurite.CreateStoreAsync(_network.Use);
        var version = await InsertAsync(store, "a");
        var before = _network.Requests;

        await store.GetAsync(_partition, "a", CancellationToken.None);
        await store.GetAsync(_partition, "nothing", CancellationToken.None);
        await store.QueryAsync(_partition, KeyRange.Prefix(""), 1, CancellationToken.None);
        await CommitAsync(store, RowChange.Insert("a", "2"), RowChange.Insert("b", "2"));
        await CommitAsync(store, RowChange.Replace("a", "2", version), RowChange.Insert("b", "2"));

        Assert.Equal(5, _network.Requests - before);
    }

    [SkippableFact]
    public async Task The_largest_commit_fits_a_request()
    {
        var store = await azurite.CreateStoreAsync(_network.Use);
        var key = new string('<', 509);
        var document = new string('漢', RowLimits.CommitCharacters / 100);

        await store.CommitAsync(
            new string('<', 480) + _partition[^32..],
            [.. Enumerable.Range(100, 100).Select(i => RowChange.Insert($"{key}{i}", document))],
            CancellationToken.None);

        Assert.InRange(_network.LargestRequest, 3 * 1024 * 1024, 4 * 1024 * 1024);
    }

    private async Task<string> InsertAsync(AzureTableRowStore store, string key) =>
        (await CommitAsync(store, RowChange.Insert(key, "1"))).Versions[key];

    private Task<CommitResult> CommitAsync(AzureTableRowStore store, params RowChange[] changes) =>
        store.CommitAsync(_partition, changes, CancellationToken.None);
}
