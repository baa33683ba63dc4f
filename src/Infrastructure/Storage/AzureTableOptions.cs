namespace Waybill.Infrastructure.Storage;

/// <summary>Where the table is and how long to wait for it.</summary>
public sealed record AzureTableOptions
{
    /// <summary>An Azure Storage connection string; or else <see cref="ServiceUri"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The account's table endpoint, <c>https://ACCOUNT.table.core.windows.net</c>, entered with the process's Azure identity.</summary>
    public Uri? ServiceUri { get; init; }

    /// <summary>3 to 63 letters and digits, a letter first. Created at start when missing.</summary>
    public string TableName { get; init; } = "waybill";

    /// <summary>How long one try may take.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries after the first, with exponentially growing delays from <see cref="RetryDelay"/> up to <see cref="LongestRetryDelay"/>.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The pause before the first retry.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between tries, unless the service asks for a longer one.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(2);
}
