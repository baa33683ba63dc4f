using System.Diagnostics.CodeAnalysis;

namespace Waybill.Domain.ArgoCd;

/// <summary>
/// What Argo CD writes on an object to say that it manages it: <c>APP:GROUP/KIND:NAMESPACE/NAME</c>, where an Application
/// outside Argo CD's own namespace is <c>APPNAMESPACE_APP</c>.
/// </summary>
/// <param name="ApplicationNamespace">The Application's namespace; null for Argo CD's own.</param>
/// <param name="Application">The Application's name.</param>
/// <param name="Group">The object's API group; empty for the core one.</param>
/// <param name="Kind">The object's kind.</param>
/// <param name="Namespace">The object's namespace.</param>
/// <param name="Name">The object's name.</param>
public sealed record TrackingId(string? ApplicationNamespace, string Application, string Group, string Kind, string Namespace, string Name)
{
    /// <summary>The annotation that holds it.</summary>
    public const string Annotation = "argocd.argoproj.io/tracking-id";

    /// <summary>The label that names only the Application, where Argo CD is set up to track by label.</summary>
    public const string Label = "app.kubernetes.io/instance";

    // Longer than any: two names of 253 characters and their like around.
    private const int MaximumLength = 1024;

    public static bool TryParse(string? text, [NotNullWhen(true)] out TrackingId? id)
    {
        id = text is { Length: <= MaximumLength } && text.Split(':') is [var application, var kind, var name]
            && application.Split('_') is [.. var outside, { Length: > 0 } app] && outside is [] or [{ Length: > 0 }]
            && kind.Split('/') is [var group, { Length: > 0 } singular]
            && name.Split('/') is [var @namespace, { Length: > 0 } own]
                ? new(outside is [var other] ? other : null, app, group, singular, @namespace, own)
                : null;
        return id is not null;
    }

    /// <summary>Whether it is about this object: an annotation that was copied along with a manifest is about another one.</summary>
    public bool IsAbout(string group, string kind, string @namespace, string name) =>
        (Group, Kind, Namespace, Name) == (group, kind, @namespace, name);

    public override string ToString() =>
        $"{(ApplicationNamespace is null ? "" : $"{ApplicationNamespace}_")}{Application}:{Group}/{Kind}:{Namespace}/{Name}";
}
