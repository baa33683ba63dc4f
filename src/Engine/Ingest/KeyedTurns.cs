using System.Collections.Concurrent;

namespace Waybill.Engine.Ingest;

/// <summary>Lets one caller a key go on at a time. There are as many keys as projects, so none is ever given back.</summary>
internal sealed class KeyedTurns
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();

    public async Task<IDisposable> TakeAsync(string key, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        return new Taken(turn);
    }

    private sealed class Taken(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
