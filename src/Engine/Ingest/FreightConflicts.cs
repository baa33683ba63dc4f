using Waybill.Engine.Records;

namespace Waybill.Engine.Ingest;

/// <summary>Remembers between the attempts of a commit which freight was there already and which aliases were taken.</summary>
internal sealed class FreightConflicts
{
    private readonly HashSet<string> _existing = [];
    private readonly Dictionary<string, int> _aliasAttempts = [];
    private readonly Dictionary<string, string> _aliases = [];

    public bool Exists(string freightId) => _existing.Contains(freightId);

    /// <summary>How many aliases of this freight were found taken.</summary>
    public int AliasAttempts(string freightId)
    {
        var attempts = _aliasAttempts.GetValueOrDefault(freightId);
        _aliases[RowKeys.Alias(FreightAlias.Of(freightId, attempts))] = freightId;
        return attempts;
    }

    /// <summary>Learns from a failed commit before the next attempt.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T>> commit)
    {
        try
        {
            return await commit();
        }
        catch (RowConflictException e)
        {
            Learn(e.Conflict.Key);
            throw;
        }
    }

    private void Learn(string key)
    {
        if (key.StartsWith(RowKeys.Freight(""), StringComparison.Ordinal))
        {
            _existing.Add(key[RowKeys.Freight("").Length..]);
        }

        if (_aliases.TryGetValue(key, out var freightId))
        {
            _aliasAttempts[freightId] = _aliasAttempts.GetValueOrDefault(freightId) + 1;
        }
    }
}
