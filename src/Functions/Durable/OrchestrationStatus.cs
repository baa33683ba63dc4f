using Waybill.Domain.Promotions;

namespace Waybill.Functions.Durable;

/// <summary>What the portal shows beside a running orchestration.</summary>
/// <param name="State">One word: <c>Works</c>, <c>Waits</c>, <c>Paused</c> after failures, <c>Errored</c> or <c>Done</c>.</param>
/// <param name="Detail">What it does or waits for, as a sentence.</param>
/// <param name="Until">When it looks again though nothing happens.</param>
public sealed record OrchestrationStatus(string State, string Detail, DateTimeOffset? Until)
{
    private const int MaxDetail = 500;

    public static OrchestrationStatus Of(Directive directive, DateTimeOffset? until = null) => new(
        directive switch
        {
            { Kind: DirectiveKind.Done } => "Done",
            { IsImmediate: true } => "Works",
            _ => "Waits",
        },
        Cut(directive.Reason),
        until);

    public static OrchestrationStatus Paused(string reason, DateTimeOffset until) => new("Paused", Cut(reason), until);

    private static string Cut(string text) => text.Length <= MaxDetail ? text : $"{text[..MaxDetail]}…";
}
