namespace Waybill.TestParts;

/// <summary>The checkout that the running tests were built from.</summary>
public static class RepositoryRoot
{
    private const string Marker = "Functions.sln";

    /// <summary>Absolute path of the folder that holds the solution.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Absolute path of a file or folder of the checkout, there or not.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            $"No {Marker} in '{start}' or any folder above it: run the tests from inside a checkout.");
    }
}
