namespace Waybill.Web.Pages;

/// <summary>Texts made to fit.</summary>
internal static class Text
{
    public static string Cut(string? text, int length) =>
        text is null ? "" : text.Length <= length ? text : $"{text[..(length - 1)].TrimEnd()}…";

    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";

    /// <summary>A rule for approvers in words.</summary>
    public static string Of(Domain.Promotions.ApproverRule rule) =>
        (rule.Role is { } role ? $"role {role}" : rule.Claim is "email" or "sub" ? rule.Value! : $"{rule.Claim} {rule.Value}")
        + (rule.Required ? " (required)" : "");
}
