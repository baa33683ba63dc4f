namespace Waybill.Domain.PulumiCloud;

/// <summary>How many resources a run changed, or a preview would change, by what befalls them.</summary>
/// <param name="Create">New ones.</param>
/// <param name="Update">Changed in place.</param>
/// <param name="Delete">Gone.</param>
/// <param name="Replace">Deleted and made anew.</param>
/// <param name="Same">Left as they were.</param>
/// <param name="Other">Imported, read and the like.</param>
public sealed record ResourceChanges(int Create, int Update, int Delete, int Replace, int Same, int Other = 0)
{
    private static readonly HashSet<string> PartsOfOthers = ["delete-replaced", "create-replacement", "discard", "discard-replaced", "refresh"];

    private static readonly HashSet<string> Named = ["create", "update", "delete", "replace", "same"];

    /// <summary>Whether nothing changes.</summary>
    public bool IsNothing => this is { Create: 0, Update: 0, Delete: 0, Replace: 0, Other: 0 };

    /// <summary>From Pulumi's count by operation.</summary>
    public static ResourceChanges Of(IReadOnlyDictionary<string, int> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        return new ResourceChanges(
            operations.GetValueOrDefault("create"),
            operations.GetValueOrDefault("update"),
            operations.GetValueOrDefault("delete"),
            operations.TryGetValue("replace", out var replaced) ? replaced : operations.GetValueOrDefault("create-replacement"),
            operations.GetValueOrDefault("same"),
            operations.Where(o => !Named.Contains(o.Key) && !PartsOfOthers.Contains(o.Key)).Sum(o => o.Value));
    }

    /// <summary>Such as <c>2 create, 1 replace, 7 same</c>.</summary>
    public override string ToString()
    {
        (int Count, string Word)[] all =
            [(Create, "create"), (Update, "update"), (Delete, "delete"), (Replace, "replace"), (Same, "same"), (Other, "other")];
        var shown = string.Join(", ", all.Where(c => c.Count > 0).Select(c => $"{c.Count} {c.Word}"));
        return shown.Length > 0 ? shown : "no resources";
    }
}
