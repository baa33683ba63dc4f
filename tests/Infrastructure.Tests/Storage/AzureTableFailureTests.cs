using System.Net;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.Storage;

namespace Waybill.Infrastructure.Tests.Storage;

public sealed class AzureTableFailureTests : IDisposable
{
    private readonly LossyTransport _network = new();

    public void Dispose() => _network.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AuthorizationFailure", "refused us (HTTP 403 AuthorizationFailure)", "Storage Table Data Contributor")]
    [InlineData(HttpStatusCode.Unauthorized, "NoAuthenticationInformation", "refused us (HTTP 401", "account key")]
    [InlineData(HttpStatusCode.NotFound, "TableNotFound", "is not there (HTTP 404 TableNotFound)", "a restart creates the table")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServerBusy", "is throttling us (HTTP 503 ServerBusy)", "Trying again later")]
    [InlineData(HttpStatusCode.TooManyRequests, "TooManyRequests", "is throttling us (HTTP 429", "Trying again later")]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError", "failed (HTTP 500 InternalError)", "Trying again later")]
    [InlineData(HttpStatusCode.BadRequest, "InvalidInput", "rejected the request (HTTP 400 InvalidInput)", "report it")]
    public async Task An_error_of_the_service_names_account_table_and_remedy(HttpStatusCode status, string code, string says, string remedy)
    {
        _network.Answer = () => LossyTransport.Error(status, code);

        foreach (var error in await FailuresAsync(Store()))
        {
            Assert.StartsWith("Table 'rows' of storage account 'account' (https://account.table.core.windows.net)", error.Message, StringComparison.Ordinal);
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
            Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_lost_connection_is_tried_again_and_then_reported()
    {
        _network.Answer = () => throw new HttpRequestException("Connection refused");

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => Store().GetAsync("p", "k", CancellationToken.None));

        Assert.Contains("can't be reached (Connection refused)", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _network.Requests);
    }

    [Fact]
    public async Task Silence_ends_at_the_deadline()
    {
        _network.Answer = () => throw new TaskCanceledException("No answer within the network timeout.");

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => Store().GetAsync("p", "k", CancellationToken.None));

        Assert.Contains("did not answer in time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_row_is_not_a_missing_table()
    {
        _network.Answer = () => LossyTransport.Error(HttpStatusCode.NotFound, "ResourceNotFound");

        Assert.Null(await Store().GetAsync("p", "k", CancellationToken.None));
    }

    private static async Task<StorageUnavailableException[]> FailuresAsync(AzureTableRowStore store) =>
    [
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.GetAsync("p", "k", CancellationToken.None)),
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.QueryAsync("p", KeyRange.Prefix("k"), 1, CancellationToken.None)),
        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => store.CommitAsync("p", [RowChange.Insert("a", "1"), RowChange.Replace("b", "1", "W/\"1\"")], CancellationToken.None)),
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.InitializeAsync(CancellationToken.None)),
    ];

    private AzureTableRowStore Store() => new(AzureTableClients.Create(
        new AzureTableOptions
        {
            ConnectionString = "DefaultEndpointsProtocol=https;AccountName=account;AccountKey=a2V5;EndpointSuffix=core.windows.net",
            TableName = "rows",
            Retries = 2,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        },
        _network.Use));
}
