using Waybill.Infrastructure.Storage;

namespace Waybill.TestStores;

/// <summary>A store on a new SQLite file in the temporary folder, both gone when disposed.</summary>
public sealed class SqliteTemporaryFile : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private SqliteTemporaryFile(DirectoryInfo folder)
    {
        _folder = folder;
        Path = System.IO.Path.Combine(folder.FullName, "waybill.db");
        Store = new SqliteRowStore(new SqliteOptions(Path));
    }

    public string Path { get; }

    public SqliteRowStore Store { get; private set; }

    public static async Task<SqliteTemporaryFile> CreateAsync()
    {
        var file = new SqliteTemporaryFile(Directory.CreateTempSubdirectory("waybill-"));
        await file.Store.InitializeAsync(CancellationToken.None);
        return file;
    }

    /// <summary>Closes the store and opens the same file anew, as a restart does.</summary>
    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = new SqliteRowStore(new SqliteOptions(Path));
        await Store.InitializeAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
