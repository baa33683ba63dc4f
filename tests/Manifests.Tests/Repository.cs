namespace Waybill.Manifests.Tests;

/// <summary>Finds files of the repository that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string At(string path) => Path.GetFullPath(Path.Combine(Root, path));

    /// <summary>A folder beside the repository, or further up; null when there is none.</summary>
    public static string? Beside(string path)
    {
        var parent = Directory.GetParent(Root);
        while (parent is not null && !Directory.Exists(Path.Combine(parent.FullName, path)))
        {
            parent = parent.Parent;
        }

        return parent is null ? null : Path.Combine(parent.FullName, path);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
