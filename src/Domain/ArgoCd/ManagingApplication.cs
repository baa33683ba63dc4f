using Waybill.Domain.Stacks;

namespace Waybill.Domain.ArgoCd;

/// <summary>The Application that manages a Stack, as the Stack itself tells.</summary>
/// <param name="Namespace">The Application's namespace; null for Argo CD's own.</param>
/// <param name="Name">The Application's name.</param>
public sealed record ManagingApplication(string? Namespace, string Name)
{
    /// <summary>By the tracking annotation, else by the label that older installations track by; null when neither names one.</summary>
    public static ManagingApplication? Of(StackSnapshot stack) => ByAnnotation(stack)
        ?? (stack.Annotations.ContainsKey(TrackingId.Annotation) ? null
            : stack.Labels.GetValueOrDefault(TrackingId.Label) is { Length: > 0 } label ? FromLabel(label) : null);

    /// <summary>
    /// By the tracking annotation alone, where it is about this very Stack: the label is Helm's, too, and an annotation that was
    /// copied along with a manifest is about another object.
    /// </summary>
    public static ManagingApplication? ByAnnotation(StackSnapshot stack) =>
        TrackingId.TryParse(stack.Annotations.GetValueOrDefault(TrackingId.Annotation), out var id)
        && id.IsAbout("pulumi.com", "Stack", stack.Reference.Namespace, stack.Reference.Name)
            ? new(id.ApplicationNamespace, id.Application)
            : null;

    private static ManagingApplication FromLabel(string label) => label.Split('_') is [{ Length: > 0 } @namespace, { Length: > 0 } name]
        ? new(@namespace, name)
        : new(null, label);

    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";
}
