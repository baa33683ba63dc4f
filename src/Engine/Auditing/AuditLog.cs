using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Auditing;

/// <summary>Writes audit entries: gives each its identity and its moment. Entries of one moment keep their order.</summary>
public sealed class AuditLog(TimeProvider time)
{
    private readonly Lock _lock = new();
    private Ulid _last;

    public AuditEntry Entry(AuditAction action, string actor, string message, string? reason = null)
    {
        var now = time.GetUtcNow();
        return new AuditEntry { Id = NextId(now), At = now, Action = action, Actor = actor, Message = message, Reason = Some(reason) };
    }

    /// <summary>An entry about a promotion.</summary>
    public AuditEntry Entry(AuditAction action, string actor, Promotion promotion, string message, string? reason = null) =>
        Entry(action, actor, message, reason) with
        {
            Stage = promotion.Stage,
            Freight = promotion.Freight.Id,
            Promotion = promotion.Name,
        };

    // Chance alone would list a promotion's start before its creation when both happen in one millisecond.
    private string NextId(DateTimeOffset now)
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
        }

        return new Ulid(bytes);
    }

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
