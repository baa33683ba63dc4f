namespace Waybill.Engine.Ingest;

/// <summary>
/// Says whose turn it is to be polled without remembering anything: time is cut into slots of a warehouse's interval, and its turn is the
/// first tick in each. A tick that was missed is made up for by the next one, and one that comes twice does no harm.
/// </summary>
public static class PollSlots
{
    /// <summary>Kargo's lower bound.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);

    /// <summary>Whether the tick that is now is a warehouse's turn, by when the tick before it was; null for the first tick ever.</summary>
    public static bool IsDue(TimeSpan interval, DateTimeOffset? lastTick, DateTimeOffset now)
    {
        var slot = (interval > Shortest ? interval : Shortest).Ticks;
        return lastTick is null || lastTick > now || lastTick.Value.UtcTicks / slot != now.UtcTicks / slot;
    }
}
