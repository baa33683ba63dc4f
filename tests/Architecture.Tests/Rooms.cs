using System.Reflection;

namespace Waybill.Architecture.Tests;

/// <summary>The rooms of the product, as assemblies and as folders.</summary>
internal static class Rooms
{
    public static readonly IReadOnlyList<string> All =
        ["Domain", "Expressions", "Manifests", "Engine", "Infrastructure", "Web", "Simulation", "Local"];

    public static string Source { get; } = Path.Combine(FindRoot(), "src");

    public static TheoryData<string> Cases => [.. All];

    public static Assembly Load(string room) => Assembly.Load($"Waybill.{room}");

    public static string File(string room, string extension) => Path.Combine(AppContext.BaseDirectory, $"Waybill.{room}.{extension}");

    /// <summary>Every source file, generated ones left out, by its path below <c>src</c>.</summary>
    public static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Source, f).Replace('\\', '/'))
        .Where(f => f.Split('/') is var parts && !parts.Contains("obj") && !parts.Contains("bin"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Functions.sln.");
    }
}
