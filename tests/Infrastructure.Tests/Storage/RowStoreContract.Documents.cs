using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Tests.Storage;

public abstract partial class RowStoreContract
{
    /// <summary>Texts of which a document is filled, and by how many characters it is shifted against any piece border.</summary>
    public static TheoryData<string, int> Fillings => new()
    {
        { "x", 0 },
        { "\\\"", 0 },
        { "<&>'+ ", 1 },
        { "ä", 0 },
        { "漢", 1 },
        { "😀", 0 },
        { "😀", 1 },
        { "a😀ß", 2 },
    };

    [SkippableTheory]
    [MemberData(nameof(Fillings))]
    public async Task A_document_of_the_largest_size_comes_back_as_it_was(string filling, int shift)
    {
        var store = await StoreAsync();
        var document = Document(filling, shift, RowLimits.DocumentCharacters);

        var version = await CommitOneAsync(store, RowChange.Insert("big", document));

        Assert.Equal(RowLimits.DocumentCharacters, document.Length);
        Assert.Equal(new Row("big", version, document), await GetAsync(store, "big"));
    }

    [SkippableTheory]
    [InlineData(31_999)]
    [InlineData(32_000)]
    [InlineData(32_001)]
    [InlineData(64_000)]
    public async Task A_document_near_a_piece_border_comes_back_as_it_was(int length)
    {
        var store = await StoreAsync();
        var document = Document("😀", 0, length);

        await CommitOneAsync(store, RowChange.Put("edge", document));

        Assert.Equal(document, (await GetAsync(store, "edge"))!.Document);
    }

    [SkippableFact]
    public async Task A_commit_of_the_largest_size_passes_whatever_its_characters_take_as_sent()
    {
        var store = await StoreAsync();
        var key = new string('~', 480);
        var changes = Enumerable.Range(0, 100)
            .Select(i => RowChange.Insert($"{key}{i}", Document("漢", 0, RowLimits.CommitCharacters / 100)))
            .ToArray();

        var result = await CommitAsync(store, changes);

        Assert.Equal(100, result.Versions.Count);
    }

    [SkippableFact]
    public async Task Too_big_a_document_is_refused()
    {
        var store = await StoreAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => CommitAsync(store, RowChange.Insert("big", new string('x', RowLimits.DocumentCharacters + 1))));

        Assert.Contains("'big' has 480001 characters, a row holds 480000", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Too_big_a_commit_is_refused()
    {
        var store = await StoreAsync();
        var half = new string('x', (RowLimits.CommitCharacters / 2) + 1);

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => CommitAsync(store, RowChange.Insert("a", half), RowChange.Put("b", half)));

        Assert.Contains("have 500002 characters together", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_missing_document_is_refused(string? document)
    {
        var store = await StoreAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(store, RowChange.Insert("bad", document!)));

        Assert.Contains("The document for 'bad' is missing", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_document_that_would_not_come_back_is_refused()
    {
        var store = await StoreAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(store, RowChange.Insert("bad", "\"\ud83d\"")));

        Assert.Contains("'bad' has half a surrogate pair at character 1", error.Message, StringComparison.Ordinal);
    }

    private static string Document(string filling, int shift, int length)
    {
        var start = "\"" + new string('s', shift);
        var room = length - start.Length - 1;
        var text = string.Concat(Enumerable.Repeat(filling, room / filling.Length));
        return start + text + new string('e', room - text.Length) + "\"";
    }
}
