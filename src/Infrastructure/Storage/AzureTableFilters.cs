using Azure.Data.Tables;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>
/// A key range as an OData filter. The control characters that end a <see cref="KeyRange"/>'s bounds are not dependable
/// in Azure's filters, so they are said with another operator or bound that lets the same keys through.
/// </summary>
internal static class AzureTableFilters
{
    public static string ToFilter(string partition, KeyRange range)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}") + " and " + Lower(range.From);
        return Upper(range.To) is { } upper ? $"{filter} and {upper}" : filter;
    }

    private static string Lower(string from) => from.EndsWith('\u0001')
        ? TableClient.CreateQueryFilter($"RowKey gt {from[..^1]}")
        : TableClient.CreateQueryFilter($"RowKey ge {from}");

    private static string? Upper(string to)
    {
        if (!to.EndsWith('\u007f'))
        {
            return TableClient.CreateQueryFilter($"RowKey lt {to}");
        }

        var prefix = to[..^1].TrimEnd('~');
        return prefix.Length == 0 ? null : TableClient.CreateQueryFilter($"RowKey lt {Next(prefix)}");
    }

    /// <summary>The least key after all that start with a prefix.</summary>
    private static string Next(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);
}
