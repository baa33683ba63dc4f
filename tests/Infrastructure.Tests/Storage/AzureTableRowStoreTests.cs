using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Tests.Storage;

[Collection(nameof(AzuriteFixture))]
public sealed class AzureTableRowStoreTests(AzuriteFixture azurite) : RowStoreContract
{
    protected override async Task<IRowStore> StoreAsync() => await azurite.CreateStoreAsync();
}
