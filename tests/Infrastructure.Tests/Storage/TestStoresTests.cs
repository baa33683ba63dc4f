using Waybill.Engine.Ports;
using Waybill.Infrastructure.Storage;
using Waybill.TestStores;

namespace Waybill.Infrastructure.Tests.Storage;

/// <summary>Other tests believe what these stores say, so they are tested themselves.</summary>
public sealed class TestStoresTests : IAsyncLifetime
{
    private SqliteTemporaryFile? _file;

    private SqliteRowStore Inner => _file!.Store;

    public async Task InitializeAsync() => _file = await SqliteTemporaryFile.CreateAsync();

    public async Task DisposeAsync() => await _file!.DisposeAsync();

    [Fact]
    public async Task Round_trips_and_bytes_are_counted()
    {
        var store = new CountingRowStore(Inner);

        await store.CommitAsync("p", [RowChange.Insert("a", "\"ä\""), RowChange.Insert("b", "1")], CancellationToken.None);
        await store.GetAsync("p", "a", CancellationToken.None);
        await store.GetAsync("p", "nothing", CancellationToken.None);
        await store.QueryAsync("p", KeyRange.Prefix(""), 10, CancellationToken.None);

        Assert.Equal((2, 1, 1, 4), (store.Gets, store.Queries, store.Commits, store.RoundTrips));
        Assert.Equal((5, 9), (store.BytesWritten, store.BytesRead));
    }

    [Theory]
    [InlineData(StoreFault.FailBefore, false)]
    [InlineData(StoreFault.FailAfter, true)]
    public async Task The_chosen_commit_fails_before_or_after_it_is_stored(StoreFault fault, bool isStored)
    {
        var store = new FaultyRowStore(Inner);
        await PutAsync(store, "first");
        store.OnCommit(2, fault);

        await PutAsync(store, "second");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => PutAsync(store, "third"));
        await PutAsync(store, "fourth");

        Assert.Equal(isStored, await Inner.GetAsync("p", "third", CancellationToken.None) is not null);
        Assert.Equal(4, store.Commits);
    }

    [Fact]
    public async Task A_commit_hangs_before_it_is_stored_until_its_caller_gives_up()
    {
        var store = new FaultyRowStore(Inner);
        using var giveUp = new CancellationTokenSource();
        store.OnCommit(1, StoreFault.HangBefore);

        var commit = store.CommitAsync("p", [RowChange.Put("a", "1")], giveUp.Token);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
        Assert.Null(await Inner.GetAsync("p", "a", CancellationToken.None));
    }

    [Fact]
    public async Task A_commit_hangs_after_it_is_stored_until_its_caller_gives_up()
    {
        var store = new FaultyRowStore(Inner);
        using var giveUp = new CancellationTokenSource();
        store.OnCommit(1, StoreFault.HangAfter);

        var commit = store.CommitAsync("p", [RowChange.Put("a", "1")], giveUp.Token);
        var isStored = SpinWait.SpinUntil(
            () => Inner.GetAsync("p", "a", CancellationToken.None).GetAwaiter().GetResult() is not null, TimeSpan.FromSeconds(30));
        var hangs = !commit.IsCompleted;
        await giveUp.CancelAsync();

        Assert.True(isStored && hangs);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
    }

    [Fact]
    public async Task The_chosen_commit_conflicts_where_it_can()
    {
        var store = new FaultyRowStore(Inner);
        var version = (await PutAsync(store, "a")).Versions["a"];
        store.OnCommit(1, StoreFault.Conflict);
        store.OnCommit(2, StoreFault.Conflict);

        var put = await PutAsync(store, "b");
        var replaced = await store.CommitAsync(
            "p", [RowChange.Put("c", "1"), RowChange.Replace("a", "2", version)], CancellationToken.None);

        Assert.True(put.IsCommitted);
        Assert.Equal(new CommitConflict("a", ConflictKind.Changed), replaced.Conflict);
        Assert.Null(await Inner.GetAsync("p", "c", CancellationToken.None));
    }

    [Fact]
    public async Task Everything_fails_while_the_store_is_down()
    {
        var store = new FaultyRowStore(Inner) { IsDown = true };

        await Assert.ThrowsAsync<StorageUnavailableException>(() => PutAsync(store, "a"));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.GetAsync("p", "a", CancellationToken.None));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.InitializeAsync(CancellationToken.None));
        store.IsDown = false;

        Assert.True((await PutAsync(store, "a")).IsCommitted);
    }

    private static Task<CommitResult> PutAsync(FaultyRowStore store, string key) =>
        store.CommitAsync("p", [RowChange.Put(key, "1")], CancellationToken.None);
}
