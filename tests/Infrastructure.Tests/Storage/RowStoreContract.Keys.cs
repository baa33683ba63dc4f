using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Tests.Storage;

public abstract partial class RowStoreContract
{
    public static TheoryData<string> GoodKeys =>
        ["a", " ", "a b", "it's", "'", "''", "a+b=c&d", "!$()*,;:@[]{}|^`\"<>._~-", "..", new string('k', 512), new string('~', 512)];

    public static TheoryData<string> BadKeys =>
        ["", "a/b", "a\\b", "a#b", "a?b", "100%", "a\nb", "a\0b", "a\u007f", "ä", "😀", new string('k', 513)];

    [SkippableTheory]
    [MemberData(nameof(GoodKeys))]
    public async Task A_key_of_printable_ASCII_works_everywhere(string key)
    {
        var store = await StoreAsync();

        var first = await CommitOneAsync(store, RowChange.Insert(key, Json("one")));
        var second = await CommitOneAsync(store, RowChange.Replace(key, Json("two"), first));
        var read = await GetAsync(store, key);
        var listed = await KeysAsync(store, KeyRange.Prefix(key));
        await CommitOneAsync(store, RowChange.Delete(key, second));

        Assert.Equal(new Row(key, second, Json("two")), read);
        Assert.Equal([key], listed);
        Assert.Null(await GetAsync(store, key));
    }

    [SkippableTheory]
    [MemberData(nameof(BadKeys))]
    public async Task Another_key_or_partition_is_refused(string key)
    {
        var store = await StoreAsync();
        RowChange[] changes = [RowChange.Put(key, Json("one"))];

        await Assert.ThrowsAsync<ArgumentException>(() => GetAsync(store, key));
        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(store, changes));
        await Assert.ThrowsAsync<ArgumentException>(() => store.GetAsync(key, "a", CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.QueryAsync(key, KeyRange.Prefix("a"), 1, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(
            () => store.CommitAsync(key, [RowChange.Put("a", Json("one"))], CancellationToken.None));
    }
}
