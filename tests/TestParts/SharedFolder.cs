namespace Waybill.TestParts;

/// <summary>
/// Material that lies beside the checkout and is not part of it (the operator's CRDs, the article's manifests):
/// <c>../shared</c>, or the folder that <c>WAYBILL_SHARED</c> names.
/// </summary>
public static class SharedFolder
{
    /// <summary>Absolute path of a file or folder below the shared folder, or null where there is none.</summary>
    public static string? TryFind(params string[] parts)
    {
        var path = Path.Combine([Root(), .. parts]);
        return Path.Exists(path) ? path : null;
    }

    private static string Root() =>
        NamedPath.FromEnvironment("WAYBILL_SHARED") ?? Path.GetFullPath(RepositoryRoot.Combine("..", "shared"));
}
