using System.Globalization;

namespace Waybill.Domain.PulumiCloud;

/// <summary>
/// The page of one run in Pulumi Cloud: <c>https://HOST/organization/project/stack/updates/VERSION</c>, or <c>/previews/UUID</c>.
/// It names the record exactly, so nobody has to guess which run was ours.
/// </summary>
/// <param name="Stack">The stack.</param>
/// <param name="Version">The version that an update made; null for a preview.</param>
/// <param name="PreviewId">The preview's UUID; null for an update.</param>
public sealed record RunPermalink(PulumiStackName Stack, int? Version, string? PreviewId)
{
    /// <summary>What people call the run.</summary>
    public string Subject => Version is { } version ? $"update {version.ToString(CultureInfo.InvariantCulture)}" : $"preview {PreviewId}";

    /// <summary>Reads a permalink; false when it is not a run's page on that host.</summary>
    public static bool TryParse(string? text, string consoleHost, out RunPermalink permalink)
    {
        permalink = new RunPermalink(new PulumiStackName("", "", ""), null, null);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not "https"
            || !string.Equals(url.Host, consoleHost, StringComparison.OrdinalIgnoreCase)
            || url.AbsolutePath.Trim('/').Split('/') is not [var organization, var project, var stack, var kind, var id]
            || !PulumiStackName.TryParse($"{organization}/{project}/{stack}", out var name))
        {
            return false;
        }

        permalink = kind switch
        {
            "updates" when int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => new(name, version, null),
            "previews" when id.Length <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') => new(name, null, id),
            _ => permalink,
        };
        return permalink.Version is not null || permalink.PreviewId is not null;
    }

    /// <summary>The page's address.</summary>
    public string On(string consoleHost) => Version is { } version
        ? $"https://{consoleHost}/{Stack}/updates/{version.ToString(CultureInfo.InvariantCulture)}"
        : $"https://{consoleHost}/{Stack}/previews/{PreviewId}";
}
