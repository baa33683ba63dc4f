using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Tests.Storage;

public abstract partial class RowStoreContract
{
    // In ascending order, byte by byte: neither a culture's order nor one that ignores case.
    private static readonly string[] Ordered = ["!", "0", "A", "B", "Z", "_", "a", "a!", "a-b", "aB", "aa", "ab", "a~", "b", "b'c", "z", "~", "~~"];

    public static TheoryData<string, string> Ranges => new()
    {
        { "a", "b" },
        { "a", "a" },
        { "b", "a" },
        { "a\u0001", "b" },
        { "aa", "a~" },
        { "", "~" },
        { "", "\u007f" },
        { "a", "a\u007f" },
        { "b'", "b'\u007f" },
        { "~", "~\u007f" },
        { "~\u0001", "~\u007f" },
        { "a~", "a~\u007f" },
        { "A", "b'c\u007f" },
        { "zz", "zzz" },
    };

    [SkippableTheory]
    [MemberData(nameof(Ranges))]
    public async Task A_range_is_ordinal_with_its_start_and_without_its_end(string from, string to)
    {
        var store = await StoreAsync();
        await InsertAsync(store, Ordered.Reverse());
        var expected = Ordered.Where(key => string.CompareOrdinal(key, from) >= 0 && string.CompareOrdinal(key, to) < 0);

        var keys = await KeysAsync(store, new KeyRange(from, to));

        Assert.Equal(expected, keys);
    }

    [SkippableTheory]
    [InlineData("a")]
    [InlineData("a-")]
    [InlineData("~")]
    [InlineData("nothing")]
    [InlineData("")]
    public async Task A_prefix_finds_the_keys_that_start_with_it(string prefix)
    {
        var store = await StoreAsync();
        await InsertAsync(store, Ordered);

        var keys = await KeysAsync(store, KeyRange.Prefix(prefix));

        Assert.Equal(Ordered.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)), keys);
    }

    [SkippableFact]
    public async Task Pages_go_on_after_the_last_key_and_miss_nothing()
    {
        var store = await StoreAsync();
        await InsertAsync(store, Ordered);
        var range = KeyRange.Prefix("");
        var seen = new List<string>();

        for (var page = await KeysAsync(store, range, 4); page.Length > 0; page = await KeysAsync(store, range, 4))
        {
            Assert.True(page.Length == 4 || seen.Count + page.Length == Ordered.Length);
            seen.AddRange(page);
            range = range.After(page[^1]);
        }

        Assert.Equal(Ordered, seen);
    }

    [SkippableFact]
    public async Task A_query_reads_documents_and_versions_that_a_replacement_can_use()
    {
        var store = await StoreAsync();
        await InsertAsync(store, ["a", "b"]);

        var rows = await store.QueryAsync(_partition, KeyRange.Prefix(""), 2, CancellationToken.None);
        var result = await CommitAsync(store, [.. rows.Select(row => RowChange.Replace(row.Key, Json("new"), row.Version))]);

        Assert.Equal([Json("a"), Json("b")], rows.Select(row => row.Document));
        Assert.True(result.IsCommitted);
    }

    [SkippableFact]
    public async Task More_rows_than_the_service_puts_on_a_page_are_read_to_the_limit()
    {
        var store = await StoreAsync();
        for (var i = 0; i < 1100; i += 100)
        {
            await InsertAsync(store, Enumerable.Range(i, 100).Select(number => $"{number:D4}"));
        }

        var keys = await KeysAsync(store, KeyRange.Prefix(""), 1050);

        Assert.Equal(Enumerable.Range(0, 1050).Select(number => $"{number:D4}"), keys);
    }

    [SkippableFact]
    public async Task Partitions_know_nothing_of_each_other()
    {
        var store = await StoreAsync();
        var other = _partition + "-other";
        var version = await CommitOneAsync(store, RowChange.Insert("a", Json("mine")));

        var inserted = await store.CommitAsync(other, [RowChange.Insert("a", Json("theirs"))], CancellationToken.None);
        var deleted = await store.CommitAsync(other, [RowChange.Delete("a", inserted.Versions["a"])], CancellationToken.None);

        Assert.True(deleted.IsCommitted);
        Assert.Equal(new Row("a", version, Json("mine")), await GetAsync(store, "a"));
        Assert.Empty(await store.QueryAsync(other, KeyRange.Prefix(""), 10, CancellationToken.None));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_limit_is_positive(int limit)
    {
        var store = await StoreAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => KeysAsync(store, KeyRange.Prefix("a"), limit));
    }

    [SkippableTheory]
    [InlineData("ä", "b")]
    [InlineData("a", "b\u0001")]
    [InlineData("a\u007f", "b")]
    [InlineData("a\nb", "b")]
    public async Task A_bound_that_no_key_could_have_is_refused(string from, string to)
    {
        var store = await StoreAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => KeysAsync(store, new KeyRange(from, to)));
    }

    private async Task InsertAsync(IRowStore store, IEnumerable<string> keys)
    {
        var result = await CommitAsync(store, [.. keys.Select(key => RowChange.Insert(key, Json(key)))]);

        Assert.True(result.IsCommitted);
    }
}
