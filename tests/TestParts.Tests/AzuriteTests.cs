using Azure;
using Azure.Data.Tables;

namespace Waybill.TestParts.Tests;

public sealed class AzuriteTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    [SkippableFact]
    public async Task It_stores_an_entity()
    {
        var table = await CreateTableAsync("stores");

        await table.AddEntityAsync(new TableEntity("project", "stage") { ["Health"] = "Healthy" });

        TableEntity stored = await table.GetEntityAsync<TableEntity>("project", "stage");
        Assert.Equal("Healthy", stored.GetString("Health"));
    }

    [SkippableFact]
    public async Task It_refuses_a_write_on_a_stale_etag()
    {
        var table = await CreateTableAsync("guards");
        await table.AddEntityAsync(new TableEntity("project", "stage"));
        TableEntity stale = await table.GetEntityAsync<TableEntity>("project", "stage");
        await table.UpdateEntityAsync(new TableEntity("project", "stage") { ["Health"] = "Healthy" }, ETag.All);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(stale, stale.ETag));

        Assert.Equal(412, refused.Status);
    }

    [SkippableFact]
    public async Task It_refuses_a_transaction_as_a_whole()
    {
        var table = await CreateTableAsync("transactions");
        await table.AddEntityAsync(new TableEntity("project", "there"));

        await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("project", "new")),
            new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("project", "there")),
        ]));

        var added = await table.GetEntityIfExistsAsync<TableEntity>("project", "new");
        Assert.False(added.HasValue);
    }

    private async Task<TableClient> CreateTableAsync(string name)
    {
        var table = new TableClient(fixture.Azurite.ConnectionString, name);
        await table.CreateAsync();
        return table;
    }
}
