using Waybill.Engine.Ports;
using Waybill.TestStores;

namespace Waybill.Infrastructure.Tests.Storage;

public sealed class SqliteRowStoreTests : RowStoreContract, IAsyncLifetime
{
    private SqliteTemporaryFile? _file;

    public async Task InitializeAsync() => _file = await SqliteTemporaryFile.CreateAsync();

    public async Task DisposeAsync() => await _file!.DisposeAsync();

    protected override Task<IRowStore> StoreAsync() => Task.FromResult<IRowStore>(_file!.Store);
}
