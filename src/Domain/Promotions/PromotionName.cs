namespace Waybill.Domain.Promotions;

/// <summary>Promotion names, <c>stage.ulid.freight</c> in lower case as in Kargo: they sort by stage, then by age.</summary>
public static class PromotionName
{
    private const int UlidLength = 26;
    private const int FreightLength = 7;

    public static string Of(string stage, string ulid, string freightId) =>
        $"{stage}.{ulid}.{freightId[..Math.Min(FreightLength, freightId.Length)]}".ToLowerInvariant();

    /// <summary>Takes a name apart. Stage names may hold dots; the last two parts never do.</summary>
    public static bool TryParse(string name, out string stage, out string ulid)
    {
        (stage, ulid) = ("", "");
        var parts = name.Split('.');
        if (parts.Length < 3 || parts[^2].Length != UlidLength || parts[^1].Length == 0)
        {
            return false;
        }

        stage = string.Join('.', parts[..^2]);
        ulid = parts[^2];
        return stage.Length > 0;
    }
}
