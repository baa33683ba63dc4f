namespace Waybill.Infrastructure.Storage;

/// <summary>The settings below <c>Storage:</c>, of which exactly one says where the rows are.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>An Azure Storage connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>A storage account's table endpoint, entered with the process's Azure identity.</summary>
    public string? ServiceUri { get; set; }

    /// <summary>The path of an SQLite file.</summary>
    public string? SqlitePath { get; set; }

    /// <summary>The Azure table.</summary>
    public string TableName { get; set; } = "waybill";

    internal AzureTableOptions ToAzureTable() => new()
    {
        ConnectionString = string.IsNullOrWhiteSpace(ConnectionString) ? null : ConnectionString,
        ServiceUri = string.IsNullOrWhiteSpace(ServiceUri) ? null : new Uri(ServiceUri),
        TableName = TableName,
    };
}
