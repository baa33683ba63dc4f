using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Tests.Storage;

public abstract partial class RowStoreContract
{
    [SkippableFact]
    public async Task A_row_that_was_never_written_is_null()
    {
        var store = await StoreAsync();

        Assert.Null(await GetAsync(store, "nothing"));
    }

    [SkippableFact]
    public async Task Initializing_again_keeps_what_is_there()
    {
        var store = await StoreAsync();
        var version = await CommitOneAsync(store, RowChange.Insert("a", Json("one")));

        await store.InitializeAsync(CancellationToken.None);

        Assert.Equal(new Row("a", version, Json("one")), await GetAsync(store, "a"));
    }

    [SkippableFact]
    public async Task An_inserted_row_is_read_with_the_version_that_its_commit_gave()
    {
        var store = await StoreAsync();

        var version = await CommitOneAsync(store, RowChange.Insert("a", Json("one")));

        Assert.Equal(new Row("a", version, Json("one")), await GetAsync(store, "a"));
    }

    [SkippableFact]
    public async Task Inserting_a_taken_key_conflicts_and_changes_nothing()
    {
        var store = await StoreAsync();
        await CommitOneAsync(store, RowChange.Insert("a", Json("one")));

        var result = await CommitAsync(store, RowChange.Insert("a", Json("two")));

        AssertConflict("a", ConflictKind.Exists, result);
        Assert.Equal(Json("one"), (await GetAsync(store, "a"))!.Document);
    }

    [SkippableFact]
    public async Task Replacing_gives_a_new_version_each_time()
    {
        var store = await StoreAsync();
        var first = await CommitOneAsync(store, RowChange.Insert("a", Json("one")));

        var second = await CommitOneAsync(store, RowChange.Replace("a", Json("two"), first));
        var third = await CommitOneAsync(store, RowChange.Replace("a", Json("two"), second));

        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
        Assert.Equal(new Row("a", third, Json("two")), await GetAsync(store, "a"));
    }

    [SkippableTheory]
    [InlineData(RowChangeKind.Replace)]
    [InlineData(RowChangeKind.Delete)]
    public async Task A_stale_version_conflicts(RowChangeKind kind)
    {
        var store = await StoreAsync();
        var stale = await CommitOneAsync(store, RowChange.Insert("a", Json("one")));
        await CommitOneAsync(store, RowChange.Replace("a", Json("two"), stale));

        var result = await CommitAsync(store, Guarded(kind, "a", stale));

        AssertConflict("a", ConflictKind.Changed, result);
        Assert.Equal(Json("two"), (await GetAsync(store, "a"))!.Document);
    }

    [SkippableTheory]
    [InlineData(RowChangeKind.Replace)]
    [InlineData(RowChangeKind.Delete)]
    public async Task A_missing_row_conflicts(RowChangeKind kind)
    {
        var store = await StoreAsync();
        var version = await CommitOneAsync(store, RowChange.Insert("a", Json("one")));

        var result = await CommitAsync(store, Guarded(kind, "b", version));

        AssertConflict("b", ConflictKind.Changed, result);
    }

    [SkippableTheory]
    [InlineData(RowChangeKind.Replace, "*")]
    [InlineData(RowChangeKind.Replace, "made up")]
    [InlineData(RowChangeKind.Delete, "*")]
    [InlineData(RowChangeKind.Delete, "-1")]
    public async Task A_version_that_no_store_gave_conflicts(RowChangeKind kind, string version)
    {
        var store = await StoreAsync();
        await CommitOneAsync(store, RowChange.Insert("a", Json("one")));

        var result = await CommitAsync(store, Guarded(kind, "a", version));

        AssertConflict("a", ConflictKind.Changed, result);
        Assert.Equal(Json("one"), (await GetAsync(store, "a"))!.Document);
    }

    [SkippableFact]
    public async Task A_deleted_row_is_gone_and_its_versions_never_come_back()
    {
        var store = await StoreAsync();
        var first = await CommitOneAsync(store, RowChange.Insert("a", Json("one")));

        await CommitOneAsync(store, RowChange.Delete("a", first));
        var gone = await GetAsync(store, "a");
        var again = await CommitOneAsync(store, RowChange.Insert("a", Json("one")));
        var result = await CommitAsync(store, RowChange.Replace("a", Json("two"), first));

        Assert.Null(gone);
        Assert.NotEqual(first, again);
        AssertConflict("a", ConflictKind.Changed, result);
    }

    [SkippableFact]
    public async Task Putting_creates_and_overwrites_with_new_versions()
    {
        var store = await StoreAsync();

        var first = await CommitOneAsync(store, RowChange.Put("a", Json(new string('x', 40_000))));
        var second = await CommitOneAsync(store, RowChange.Put("a", Json("short")));

        Assert.NotEqual(first, second);
        Assert.Equal(new Row("a", second, Json("short")), await GetAsync(store, "a"));
    }

    [SkippableFact]
    public async Task A_commit_of_all_kinds_answers_the_version_of_each_written_row()
    {
        var store = await StoreAsync();
        var replaced = await CommitOneAsync(store, RowChange.Insert("replaced", Json("old")));
        var deleted = await CommitOneAsync(store, RowChange.Insert("deleted", Json("old")));

        var result = await CommitAsync(store,
            RowChange.Insert("inserted", Json("new")),
            RowChange.Replace("replaced", Json("new"), replaced),
            RowChange.Put("put", Json("new")),
            RowChange.Delete("deleted", deleted));

        Assert.True(result.IsCommitted);
        var rows = await store.QueryAsync(_partition, KeyRange.Prefix(""), 10, CancellationToken.None);
        Assert.Equal(["inserted", "put", "replaced"], rows.Select(row => row.Key));
        Assert.All(rows, row => Assert.Equal(Json("new"), row.Document));
        Assert.Equal(rows.ToDictionary(row => row.Key, row => row.Version), result.Versions.ToDictionary());
    }

    [SkippableTheory]
    [InlineData(RowChangeKind.Insert, 0)]
    [InlineData(RowChangeKind.Insert, 2)]
    [InlineData(RowChangeKind.Insert, 4)]
    [InlineData(RowChangeKind.Replace, 0)]
    [InlineData(RowChangeKind.Replace, 3)]
    [InlineData(RowChangeKind.Delete, 1)]
    [InlineData(RowChangeKind.Delete, 4)]
    public async Task One_change_that_does_not_fit_is_named_and_undoes_all(RowChangeKind kind, int place)
    {
        var store = await StoreAsync();
        var stale = await CommitOneAsync(store, RowChange.Insert("taken", Json("old")));
        await CommitOneAsync(store, RowChange.Replace("taken", Json("newer"), stale));
        var kept = await CommitOneAsync(store, RowChange.Insert("kept", Json("old")));
        var lost = await CommitOneAsync(store, RowChange.Insert("lost", Json("old")));
        List<RowChange> changes =
        [
            RowChange.Insert("free", Json("new")),
            RowChange.Replace("kept", Json("new"), kept),
            RowChange.Put("put", Json("new")),
            RowChange.Delete("lost", lost),
        ];
        changes.Insert(place, kind is RowChangeKind.Insert ? RowChange.Insert("taken", Json("new")) : Guarded(kind, "taken", stale));

        var result = await CommitAsync(store, [.. changes]);

        AssertConflict("taken", kind is RowChangeKind.Insert ? ConflictKind.Exists : ConflictKind.Changed, result);
        var rows = await store.QueryAsync(_partition, KeyRange.Prefix(""), 10, CancellationToken.None);
        Assert.Equal(
            [("kept", Json("old")), ("lost", Json("old")), ("taken", Json("newer"))], rows.Select(row => (row.Key, row.Document)));
    }

    [SkippableFact]
    public async Task Of_two_changes_that_do_not_fit_the_first_is_named()
    {
        var store = await StoreAsync();
        await CommitOneAsync(store, RowChange.Insert("a", Json("old")));
        await CommitOneAsync(store, RowChange.Insert("b", Json("old")));

        var result = await CommitAsync(store, RowChange.Insert("b", Json("new")), RowChange.Insert("a", Json("new")));

        AssertConflict("b", ConflictKind.Exists, result);
    }

    [SkippableFact]
    public async Task A_hundred_changes_go_together()
    {
        var store = await StoreAsync();
        var changes = Enumerable.Range(0, 100).Select(i => RowChange.Insert($"key-{i:D3}", Json($"{i}"))).ToArray();

        var result = await CommitAsync(store, changes);

        Assert.Equal(100, result.Versions.Count);
        Assert.Equal(changes.Select(change => change.Key), await KeysAsync(store, KeyRange.Prefix("key-")));
    }

    [SkippableFact]
    public async Task A_commit_needs_one_to_a_hundred_changes()
    {
        var store = await StoreAsync();
        var changes = Enumerable.Range(0, 101).Select(i => RowChange.Insert($"key-{i:D3}", Json($"{i}"))).ToArray();

        var none = await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(store));
        var many = await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(store, changes));

        Assert.Contains("this one 0", none.Message, StringComparison.Ordinal);
        Assert.Contains("this one 101", many.Message, StringComparison.Ordinal);
        Assert.Empty(await KeysAsync(store, KeyRange.Prefix("")));
    }

    [SkippableFact]
    public async Task A_key_changes_once_in_a_commit()
    {
        var store = await StoreAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => CommitAsync(store, RowChange.Insert("a", Json("one")), RowChange.Put("a", Json("two"))));

        Assert.Contains("'a' is changed twice", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(RowChangeKind.Replace)]
    [InlineData(RowChangeKind.Delete)]
    public async Task A_guarded_change_must_name_a_version(RowChangeKind kind)
    {
        var store = await StoreAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(store, Guarded(kind, "a", "")));

        Assert.Contains("names no version", error.Message, StringComparison.Ordinal);
    }

    private static RowChange Guarded(RowChangeKind kind, string key, string version) => kind is RowChangeKind.Replace
        ? RowChange.Replace(key, Json("replacement"), version)
        : RowChange.Delete(key, version);
}
