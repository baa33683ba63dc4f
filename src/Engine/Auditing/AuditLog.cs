using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Engine.Records;

namespace Waybill.Engine.Auditing;

/// <summary>Writes audit entries: gives each its identity and its moment. Entries of one moment keep their order.</summary>
public sealed class AuditLog(TimeProvider time)
{
    // Chance alone would list a promotion's start before its creation when both happen in one millisecond.
    private readonly UlidSequence _ids = new();

    public AuditEntry Entry(AuditAction action, string actor, string message, string? reason = null)
    {
        var now = time.GetUtcNow();
        return new AuditEntry { Id = _ids.Next(now), At = now, Action = action, Actor = actor, Message = message, Reason = Some(reason) };
    }

    /// <summary>An entry about a promotion.</summary>
    public AuditEntry Entry(AuditAction action, string actor, Promotion promotion, string message, string? reason = null) =>
        Entry(action, actor, message, reason) with
        {
            Stage = promotion.Stage,
            Freight = promotion.Freight.Id,
            Promotion = promotion.Name,
        };

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
