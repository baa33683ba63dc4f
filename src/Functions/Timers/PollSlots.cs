using Microsoft.Azure.Functions.Worker;

namespace Waybill.Functions.Timers;

/// <summary>
/// Says whose turn it is without remembering anything: time is cut into slots of a warehouse's interval, and its turn is the first
/// tick in each. A tick that was missed is made up for by the next one, and one that comes twice does no harm.
/// </summary>
public static class PollSlots
{
    /// <summary>Kargo's lower bound.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);

    public static bool IsDue(TimeSpan interval, DateTimeOffset? lastTick, DateTimeOffset now)
    {
        var slot = (interval > Shortest ? interval : Shortest).Ticks;
        return lastTick is null || lastTick > now || lastTick.Value.UtcTicks / slot != now.UtcTicks / slot;
    }

    /// <summary>When the timer ticked before this; null when it never did, or the host does not say.</summary>
    public static DateTimeOffset? LastTick(TimerInfo timer) =>
        timer.ScheduleStatus is { Last: var last } && last > DateTime.UnixEpoch ? new DateTimeOffset(last.ToUniversalTime(), TimeSpan.Zero) : null;
}
