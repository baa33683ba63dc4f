namespace Waybill.Simulation.Cluster.Api;

/// <summary>A request taken apart: RBAC's verb and the object's path.</summary>
internal sealed record ApiCall(string Verb, ResourceKind Kind, string? Namespace, string? Name, bool IsStatus)
{
    /// <summary>Reads <c>/apis/GROUP/VERSION/[namespaces/NS/]PLURAL[/NAME[/status]]</c>; null when the server serves nothing there.</summary>
    public static ApiCall? TryRead(string method, string path, bool watch, Func<ResourceKind, bool> isInstalled)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["apis", var group, var version, .. var rest])
        {
            return null;
        }

        (var @namespace, rest) = rest is ["namespaces", var inside, .. var below] ? (inside, below) : (null, rest);
        var kind = ResourceKind.All.FirstOrDefault(k => k.Group == group && k.Version == version && k.Plural == rest.FirstOrDefault());
        if (kind is null || !isInstalled(kind))
        {
            return null;
        }

        return rest switch
        {
            [_] when VerbOf(method, named: false, watch) is { } verb => new(verb, kind, @namespace, null, false),
            [_, var name] when @namespace is not null && VerbOf(method, named: true, watch) is { } verb => new(verb, kind, @namespace, name, false),
            [_, var name, "status"] when kind.HasStatusSubresource && @namespace is not null && VerbOf(method, named: true, watch) is { } verb and not "delete" =>
                new(verb, kind, @namespace, name, true),
            _ => null,
        };
    }

    private static string? VerbOf(string method, bool named, bool watch) => (method, named) switch
    {
        ("GET", true) => "get",
        ("GET", false) => watch ? "watch" : "list",
        ("POST", false) => "create",
        ("PUT", true) => "update",
        ("PATCH", true) => "patch",
        ("DELETE", true) => "delete",
        _ => null,
    };
}
