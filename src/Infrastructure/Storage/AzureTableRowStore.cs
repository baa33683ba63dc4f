using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>
/// Rows in one Azure table: the ETag is the version and a commit is an entity-group transaction. Make the client with
/// <see cref="AzureTableClients"/>.
/// </summary>
public sealed class AzureTableRowStore(TableClient table) : IRowStore
{
    // The most entities that Azure puts on one page.
    private const int LargestPage = 1000;

    // What stands for the version of a row that someone else already changed again; it fits nothing.
    private const string Superseded = "superseded";

    public Task InitializeAsync(CancellationToken cancellationToken) =>
        GuardAsync(() => table.CreateIfNotExistsAsync(cancellationToken), cancellationToken);

    public async Task<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        RowRules.CheckPartition(partition);
        RowRules.CheckKey(key);

        return await GuardAsync(() => FindAsync(partition, key, cancellationToken), cancellationToken) is { } entity
            ? AzureTableDocuments.ToRow(entity)
            : null;
    }

    public Task<IReadOnlyList<Row>> QueryAsync(string partition, KeyRange range, int limit, CancellationToken cancellationToken)
    {
        RowRules.CheckPartition(partition);
        RowRules.CheckQuery(range, limit);

        return GuardAsync(() => ReadAsync(AzureTableFilters.ToFilter(partition, range), limit, cancellationToken), cancellationToken);
    }

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        RowRules.CheckPartition(partition);
        RowRules.CheckChanges(changes);

        return changes.FirstOrDefault(HasForeignVersion) is { } stale
            ? CommitResult.Rejected(stale.Key, ConflictKind.Changed)
            : await GuardAsync(() => SubmitAsync(partition, changes, cancellationToken), cancellationToken);
    }

    private async Task<CommitResult> SubmitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var commit = Guid.NewGuid().ToString("N");
        var sends = new SendCount();
        try
        {
            using var counting = SendCountPolicy.Count(sends);
            var actions = changes.Select(change => AzureTableDocuments.ToAction(partition, change, commit)).ToArray();
            var answers = await table.SubmitTransactionAsync(actions, cancellationToken);
            return CommitResult.Committed(Versions(changes, answers.Value));
        }
        catch (TableTransactionFailedException error) when (AzureTableFailures.ToConflict(error, changes) is not null)
        {
            var rejected = new CommitResult(AzureTableFailures.ToConflict(error, changes), ImmutableDictionary<string, string>.Empty);
            return sends.IsOnce ? rejected : await SettleAsync(partition, changes, commit, rejected, cancellationToken);
        }
    }

    /// <summary>
    /// Decides a conflict that came after the SDK sent the transaction again. If the first send succeeded and only its
    /// answer was lost, the conflict is with ourselves, and the rows carry our commit. A commit of deletions alone leaves no
    /// trace to tell by. Were all our rows overwritten in the meantime, this says conflict, which sends the caller to read
    /// again; rows that are never overwritten, such as audit entries, make it exact.
    /// </summary>
    private async Task<CommitResult> SettleAsync(
        string partition, IReadOnlyList<RowChange> changes, string commit, CommitResult rejected, CancellationToken cancellationToken)
    {
        var written = changes.Where(change => change.Kind != RowChangeKind.Delete).Select(change => change.Key).ToArray();
        if (written.Length == 0)
        {
            throw new StorageUnavailableException(
                $"Table '{table.Name}' of storage account '{table.AccountName}' lost its answer to a deletion of '{changes[0].Key}' and "
                + "others, which may have happened or not. Read the rows and decide again.");
        }

        var entities = await Task.WhenAll(written.Select(key => FindAsync(partition, key, cancellationToken)));
        return entities.Any(entity => entity is not null && AzureTableDocuments.IsWrittenBy(commit, entity))
            ? CommitResult.Committed(written.Zip(entities).ToDictionary(pair => pair.First, pair => VersionOf(pair.Second, commit)))
            : rejected;
    }

    private async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        if (found.HasValue)
        {
            return found.Value;
        }

        // The SDK takes every 404 for a missing entity, also the one for a missing table.
        var answer = found.GetRawResponse();
        return answer.Content.ToString().Contains(TableErrorCode.TableNotFound.ToString(), StringComparison.Ordinal)
            ? throw new RequestFailedException(answer)
            : null;
    }

    private async Task<IReadOnlyList<Row>> ReadAsync(string filter, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        var pages = table.QueryAsync<TableEntity>(filter, Math.Min(limit, LargestPage), cancellationToken: cancellationToken);

        // One page is the rule; a service that is hard pressed answers with a short page and where to go on.
        await foreach (var page in pages.AsPages())
        {
            rows.AddRange(page.Values.Take(limit - rows.Count).Select(AzureTableDocuments.ToRow));
            if (rows.Count == limit)
            {
                break;
            }
        }

        return rows;
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await call();
        }
        catch (Exception error) when (AzureTableFailures.IsUnavailable(error, cancellationToken))
        {
            throw AzureTableFailures.ToUnavailable(error, table);
        }
    }

    // Azure would reject it as malformed, or take an asterisk for any version; whatever we never gave fits nothing.
    private static bool HasForeignVersion(RowChange change) =>
        change.Version is { } version && !version.StartsWith("W/\"", StringComparison.Ordinal);

    private static Dictionary<string, string> Versions(IReadOnlyList<RowChange> changes, IReadOnlyList<Response> answers) =>
        changes.Zip(answers)
            .Where(pair => pair.First.Kind != RowChangeKind.Delete)
            .ToDictionary(pair => pair.First.Key, pair => pair.Second.Headers.ETag.ToString()!);

    private static string VersionOf(TableEntity? entity, string commit) =>
        entity is not null && AzureTableDocuments.IsWrittenBy(commit, entity) ? entity.ETag.ToString() : Superseded;
}
