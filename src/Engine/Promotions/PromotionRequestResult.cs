using System.Diagnostics.CodeAnalysis;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Promotions;

/// <summary>What came of asking for a promotion, or for a change to one.</summary>
public sealed record PromotionRequestResult
{
    /// <summary>The promotion as it is now; null when the request was refused.</summary>
    public Promotion? Promotion { get; private init; }

    public Refusal? Refusal { get; private init; }

    [MemberNotNullWhen(true, nameof(Promotion))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Promotion is not null;

    public static PromotionRequestResult Created(Promotion promotion) => new() { Promotion = promotion };

    public static PromotionRequestResult Refused(RefusalKind kind, string message) => new() { Refusal = new Refusal(kind, message) };
}

/// <summary>A refusal: which rule said no, and a sentence with what to do about it.</summary>
public sealed record Refusal(RefusalKind Kind, string Message);

/// <summary>The rules that refuse requests.</summary>
public enum RefusalKind
{
    /// <summary>What it is about does not exist.</summary>
    NotFound,

    /// <summary>The stage can't take the freight (yet).</summary>
    NotAvailable,

    /// <summary>The same freight is on its way to the stage.</summary>
    AlreadyPromoting,

    /// <summary>It is over already.</summary>
    AlreadyOver,

    /// <summary>It makes no sense for what it is about.</summary>
    NotPossible,
}
