using System.Diagnostics;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.Docs;

/// <summary>The README's command for real use, as it is written there: called anywhere, with relative paths.</summary>
public sealed class CommandLineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Relative_paths_are_relative_to_where_the_command_is_called()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(
            "dotnet", ["run", "--no-build", "--project", RepositoryRoot.Combine("src", "Local"), "--", "--manifests", "./pipelines"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.Contains($"{Path.Combine(folder.Path, "pipelines")}: there is no such folder", await output + await errors, StringComparison.Ordinal);
        Assert.NotEqual(0, process.ExitCode);
    }
}
