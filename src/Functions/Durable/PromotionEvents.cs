namespace Waybill.Functions.Durable;

/// <summary>The events that wake a promotion's orchestration. They carry nothing: what happened is in the record.</summary>
public static class PromotionEvents
{
    /// <summary>Somebody answered an approval.</summary>
    public const string ApprovalDecided = nameof(ApprovalDecided);

    /// <summary>Somebody wants it stopped.</summary>
    public const string AbortRequested = nameof(AbortRequested);

    /// <summary>Something else about it may have changed.</summary>
    public const string WakeUp = nameof(WakeUp);
}
