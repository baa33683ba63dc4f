using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>Tells what the SDK's errors mean: a change that did not fit, or a store that is not there for us.</summary>
internal static class AzureTableFailures
{
    public static CommitConflict? ToConflict(TableTransactionFailedException error, IReadOnlyList<RowChange> changes)
    {
        var index = error.FailedTransactionActionIndex ?? (changes.Count == 1 ? 0 : -1);
        if (index < 0 || index >= changes.Count)
        {
            return null;
        }

        var change = changes[index];
        return (change.Kind, error.Status) switch
        {
            (RowChangeKind.Insert, 409) when error.ErrorCode == TableErrorCode.EntityAlreadyExists => new(change.Key, ConflictKind.Exists),
            (RowChangeKind.Replace or RowChangeKind.Delete, 412) => new(change.Key, ConflictKind.Changed),
            (RowChangeKind.Replace or RowChangeKind.Delete, 404) when error.ErrorCode != TableErrorCode.TableNotFound =>
                new(change.Key, ConflictKind.Changed),
            _ => null,
        };
    }

    /// <summary>Whether this is the service's or the network's failure. A cancellation that nobody asked for is a timeout.</summary>
    public static bool IsUnavailable(Exception error, CancellationToken cancellationToken) => error switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException several => several.InnerExceptions.All(inner => IsUnavailable(inner, cancellationToken)),
        RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException => true,
        _ => false,
    };

    public static StorageUnavailableException ToUnavailable(Exception error, TableClient table)
    {
        var cause = error is AggregateException several ? several.InnerExceptions[^1] : error;
        var (what, remedy) = Diagnose(cause);
        return new StorageUnavailableException(
            $"Table '{table.Name}' of storage account '{table.AccountName}' ({table.Uri.GetLeftPart(UriPartial.Authority)}) {what}. {remedy}", error);
    }

    private static (string What, string Remedy) Diagnose(Exception cause) => cause switch
    {
        AuthenticationFailedException => ("can't be entered: no Azure identity gave a token",
            "Give the app a managed identity or sign in (az login), or set Storage:ConnectionString."),
        RequestFailedException { Status: 401 or 403 } refused => ($"refused us ({Name(refused)})",
            "Check the account key in Storage:ConnectionString, or give the identity the role Storage Table Data Contributor; check the account's firewall."),
        RequestFailedException { Status: 404 } missing => ($"is not there ({Name(missing)})",
            "Check Storage:TableName and the account; a restart creates the table."),
        RequestFailedException { Status: 429 or 503 } busy => ($"is throttling us ({Name(busy)})",
            "Trying again later helps; if it persists, see the account's metrics for what is using it up."),
        RequestFailedException { Status: >= 400 and < 500 } rejected => ($"rejected the request ({Name(rejected)})",
            "Trying again will not help unless another writer was the cause; report it with this message."),
        RequestFailedException { Status: >= 500 } broken => ($"failed ({Name(broken)})", "Trying again later helps."),
        OperationCanceledException => ("did not answer in time", "Check the network between here and the account."),
        _ => ($"can't be reached ({cause.Message})",
            "Check Storage:ConnectionString or Storage:ServiceUri and the network between here and the account."),
    };

    private static string Name(RequestFailedException error) =>
        string.IsNullOrEmpty(error.ErrorCode) ? $"HTTP {error.Status}" : $"HTTP {error.Status} {error.ErrorCode}";
}
