using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;

namespace Waybill.Infrastructure.Storage;

/// <summary>Makes the SDK's client with bounded waits and with the count of sends that <see cref="AzureTableRowStore"/> needs.</summary>
public static class AzureTableClients
{
    public static TableClient Create(AzureTableOptions options, Action<TableClientOptions>? configure = null)
    {
        var client = new TableClientOptions();
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.Retries;
        client.Retry.Delay = options.RetryDelay;
        client.Retry.MaxDelay = options.LongestRetryDelay;
        client.Retry.NetworkTimeout = options.NetworkTimeout;
        client.AddPolicy(new SendCountPolicy(), HttpPipelinePosition.PerRetry);
        configure?.Invoke(client);
        return options switch
        {
            { ConnectionString: { } text, ServiceUri: null } => new TableClient(text, options.TableName, client),
            { ServiceUri: { } uri, ConnectionString: null } =>
                new TableClient(uri, options.TableName, new DefaultAzureCredential(), client),
            _ => throw new ArgumentException("Give a connection string or a service URI, one of them.", nameof(options)),
        };
    }
}
