using Microsoft.Data.Sqlite;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.Storage;
using Waybill.TestStores;

namespace Waybill.Infrastructure.Tests.Storage;

/// <summary>The file under <see cref="SqliteRowStore"/>: what it keeps, and what is said when it can't.</summary>
public sealed class SqliteFileTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-tests-");
    private SqliteTemporaryFile? _file;

    private SqliteTemporaryFile File => _file!;

    public async Task InitializeAsync() => _file = await SqliteTemporaryFile.CreateAsync();

    public async Task DisposeAsync()
    {
        await File.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Rows_and_the_counter_of_versions_survive_a_restart()
    {
        var first = (await CommitAsync(RowChange.Insert("a", "1"))).Versions["a"];
        await CommitAsync(RowChange.Delete("a", first));

        await File.ReopenAsync();
        var second = (await CommitAsync(RowChange.Insert("a", "1"))).Versions["a"];

        Assert.True(int.Parse(second) > int.Parse(first));
    }

    [Fact]
    public async Task What_was_answered_is_in_the_file_for_another_process()
    {
        await CommitAsync(RowChange.Insert("a", "1"));

        await using var other = new SqliteRowStore(new SqliteOptions(File.Path));

        Assert.Equal("1", (await other.GetAsync("p", "a", CancellationToken.None))!.Document);
    }

    [Fact]
    public async Task The_folder_is_created_with_the_file()
    {
        await using var store = new SqliteRowStore(new SqliteOptions(Path.Combine(_folder.FullName, "new", "deep", "waybill.db")));

        await store.InitializeAsync(CancellationToken.None);

        Assert.Null(await store.GetAsync("p", "a", CancellationToken.None));
    }

    [Fact]
    public async Task A_file_of_a_later_Waybill_is_refused()
    {
        Execute("UPDATE waybill SET schema = 2");

        var error = await InitializeFailsAsync(File.Path);

        Assert.Contains("has schema 2, this Waybill knows 1. Run the newer Waybill", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_program_is_refused()
    {
        Execute("DROP TABLE waybill");

        var error = await InitializeFailsAsync(File.Path);

        Assert.Contains("belongs to another program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        var path = Path.Combine(_folder.FullName, "notes.txt");
        await System.IO.File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("Not a database. ", 100)));

        var error = await InitializeFailsAsync(path);

        Assert.StartsWith($"SQLite file '{path}' is not an SQLite database.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_can_not_be_is_refused()
    {
        var error = await InitializeFailsAsync(Path.Combine(File.Path, "waybill.db"));

        Assert.Contains(File.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("Check the path in Storage:SqlitePath", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_reported_by_reads_and_writes()
    {
        var path = Path.Combine(_folder.FullName, "never-initialized.db");
        await using var store = new SqliteRowStore(new SqliteOptions(path));

        var read = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.GetAsync("p", "a", CancellationToken.None));
        var write = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => store.CommitAsync("p", [RowChange.Put("a", "1")], CancellationToken.None));

        Assert.StartsWith($"SQLite file '{path}' can't be opened.", read.Message, StringComparison.Ordinal);
        Assert.Equal(read.Message, write.Message);
    }

    [Fact]
    public async Task A_file_that_another_process_holds_is_waited_for_and_then_reported()
    {
        await using var store = new SqliteRowStore(new SqliteOptions(File.Path) { BusyTimeout = TimeSpan.FromMilliseconds(50) });
        using var other = Open();
        using (other.BeginTransaction(deferred: false))
        {
            var error = await Assert.ThrowsAsync<StorageUnavailableException>(
                () => store.CommitAsync("p", [RowChange.Put("a", "1")], CancellationToken.None));
            Assert.Contains("is held by another process. Stop the other process", error.Message, StringComparison.Ordinal);
        }

        var result = await store.CommitAsync("p", [RowChange.Put("a", "1")], CancellationToken.None);

        Assert.True(result.IsCommitted);
    }

    [Fact]
    public async Task Readers_go_on_while_another_process_writes()
    {
        await CommitAsync(RowChange.Insert("a", "1"));
        using var other = Open();
        using var transaction = other.BeginTransaction(deferred: false);

        var row = await File.Store.GetAsync("p", "a", CancellationToken.None);

        Assert.Equal("1", row!.Document);
    }

    [Fact]
    public async Task A_corrupt_file_is_reported()
    {
        await CommitAsync([.. Enumerable.Range(0, 100).Select(i => RowChange.Insert($"{i:D3}", new string('x', 5000)))]);
        await File.Store.DisposeAsync();
        await using (var file = new FileStream(File.Path, FileMode.Open))
        {
            file.Position = 8192;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)file.Length - 8192).ToArray());
        }

        await using var store = new SqliteRowStore(new SqliteOptions(File.Path));
        var error = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => store.QueryAsync("p", KeyRange.Prefix(""), 100, CancellationToken.None));

        Assert.Contains("is corrupt. Restore it from a backup", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "is read-only. Let this process's user write")]
    [InlineData(10, "can't be read or written")]
    [InlineData(13, "the disk is full. Make room on the disk of")]
    public void An_error_of_SQLite_names_path_and_remedy(int code, string says)
    {
        var error = new SqliteFile(new SqliteOptions(File.Path)).ToUnavailable(new SqliteException("words", code));

        Assert.StartsWith($"SQLite file '{File.Path}' ", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disposed_store_says_so()
    {
        await File.Store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => CommitAsync(RowChange.Put("a", "1")));
    }

    private static async Task<StorageUnavailableException> InitializeFailsAsync(string path)
    {
        await using var store = new SqliteRowStore(new SqliteOptions(path));
        return await Assert.ThrowsAsync<StorageUnavailableException>(() => store.InitializeAsync(CancellationToken.None));
    }

    private Task<CommitResult> CommitAsync(params RowChange[] changes) => File.Store.CommitAsync("p", changes, CancellationToken.None);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        SqliteFile.Execute(connection, sql);
    }
}
