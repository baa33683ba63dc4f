namespace Waybill.Engine.Records;

/// <summary>ULIDs that keep the order in which they were asked for, even within a millisecond; across processes the clock decides.</summary>
internal sealed class UlidSequence
{
    private readonly Lock _lock = new();
    private Ulid _last;

    public string Next(DateTimeOffset now)
    {
        lock (_lock)
        {
            var next = Ulid.NewUlid(now);
            _last = next.Time == _last.Time ? Following(_last) : next;
            return _last.ToString();
        }
    }

    private static Ulid Following(Ulid id)
    {
        var bytes = id.ToByteArray();
        for (var i = bytes.Length - 1; i >= 6 && ++bytes[i] == 0; i--)
        {
            // The carry goes on into the byte before; the first six are the time.
        }

        return new Ulid(bytes);
    }
}
