namespace Waybill.Domain.PulumiCloud;

/// <summary>A Pulumi stack's full name: <c>organization/project/stack</c>.</summary>
public sealed record PulumiStackName(string Organization, string Project, string Stack)
{
    private const int LongestPart = 100;

    /// <summary>Takes a full name apart; false for anything else. Nothing in a part could lead an address astray.</summary>
    public static bool TryParse(string? text, out PulumiStackName name)
    {
        name = new PulumiStackName("", "", "");
        if (text?.Split('/') is not [var organization, var project, var stack] || !IsPart(organization) || !IsPart(project) || !IsPart(stack))
        {
            return false;
        }

        name = new PulumiStackName(organization, project, stack);
        return true;
    }

    public override string ToString() => $"{Organization}/{Project}/{Stack}";

    private static bool IsPart(string text) =>
        text.Length is > 0 and <= LongestPart && text is not ("." or "..") && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
