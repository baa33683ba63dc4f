using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.Domain.Freights;

/// <summary>Git repository URLs compared as Kargo compares them, so that freight identities agree with Kargo's.</summary>
public static partial class GitUrl
{
    /// <summary>
    /// Lower case, no user for HTTP, no <c>.git</c>, no trailing slash; <c>git@host:path</c> becomes <c>ssh://git@host/path</c>.
    /// What is none of these comes back as it is.
    /// </summary>
    public static string Normalize(string url)
    {
        var text = Printable(url).Trim().ToLowerInvariant();
        var isWeb = text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);
        if (isWeb || text.StartsWith("ssh://", StringComparison.Ordinal))
        {
            return IsPlain(text) ? Trim(isWeb ? WithoutUser(text) : text) : url;
        }

        if (ScpSyntax().Match(text) is not { Success: true } scp)
        {
            return url;
        }

        var path = Trim(scp.Groups["path"].Value);
        return path.Length == 0 ? $"ssh://{scp.Groups["host"].Value}" : $"ssh://{scp.Groups["host"].Value}/{path}";
    }

    /// <summary>Whether two URLs name one repository, whatever the protocol: used to match webhooks to subscriptions.</summary>
    public static bool SameRepository(string left, string right) => HostAndPath(left) == HostAndPath(right);

    private static string HostAndPath(string url)
    {
        var text = Normalize(url);
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var rest = start < 0 ? text : text[(start + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var at = (slash < 0 ? rest : rest[..slash]).LastIndexOf('@');
        return rest[(at + 1)..];
    }

    // Byte order marks and their like come along when people copy and paste.
    private static string Printable(string url) =>
        string.Concat(url.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) is not UnicodeCategory.Format));

    private static bool IsPlain(string text) => !text.Contains('?', StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);

    private static string WithoutUser(string text)
    {
        var host = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = text.IndexOf('/', host);
        var at = text.LastIndexOf('@', slash < 0 ? text.Length - 1 : slash);
        return at < host ? text : text[..host] + text[(at + 1)..];
    }

    private static string Trim(string text)
    {
        text = text.EndsWith('/') ? text[..^1] : text;
        return text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text;
    }

    [GeneratedRegex(@"^(?<host>(?:[\w-]+@)?[\w-]+(?:\.[\w-]+)*)(?::(?<path>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex ScpSyntax();
}
