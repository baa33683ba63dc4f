namespace Waybill.Domain.Freights;

/// <summary>Git repository URLs compared as Kargo compares them, so that freight identities agree with Kargo's.</summary>
public static class GitUrl
{
    /// <summary>Lower case, no user, no <c>.git</c>, no trailing slash; <c>git@host:path</c> becomes <c>ssh://git@host/path</c>.</summary>
    public static string Normalize(string url)
    {
        var text = url.Trim().ToLowerInvariant().TrimEnd('/');
        text = text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text;

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return text.Split(':', 2) is [var host, var path] ? $"ssh://{host}/{path.TrimStart('/')}" : $"ssh://{text}";
        }

        var scheme = text[..text.IndexOf("://", StringComparison.Ordinal)];
        var rest = text[(scheme.Length + 3)..];
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var hasUser = at >= 0 && (slash < 0 || at < slash);
        return hasUser && scheme is not "ssh" ? $"{scheme}://{rest[(at + 1)..]}" : $"{scheme}://{rest}";
    }

    /// <summary>Whether two URLs name one repository, whatever the protocol: used to match webhooks to subscriptions.</summary>
    public static bool SameRepository(string left, string right) => HostAndPath(left) == HostAndPath(right);

    private static string HostAndPath(string url)
    {
        var text = Normalize(url);
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var rest = start < 0 ? text : text[(start + 3)..];
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? rest : rest[(at + 1)..];
    }
}
