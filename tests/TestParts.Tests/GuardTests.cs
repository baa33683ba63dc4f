using System.Diagnostics;

namespace Waybill.TestParts.Tests;

/// <summary>What a guarded program does when its caller dies is shown by what its caller's death looks like: the pipe ends.</summary>
public sealed class GuardTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly string Script = RepositoryRoot.Combine("tests", "TestParts", "guard.sh");

    [SkippableFact]
    public async Task When_the_caller_dies_the_program_is_killed_and_its_folder_removed()
    {
        using var folder = NewFolder();
        using var guard = Guard(folder);
        var program = await ProgramIdAsync(folder);

        guard.StandardInput.Close();

        await guard.WaitForExitAsync().WaitAsync(Deadline);
        await Poll.UntilAsync("the folder to go", Deadline, _ => Task.FromResult(!Directory.Exists(folder.Path)));
        Assert.False(IsRunning(program));
    }

    [SkippableFact]
    public async Task A_farewell_kills_the_program_and_leaves_the_folder()
    {
        using var folder = NewFolder();
        using var guard = Guard(folder);
        var program = await ProgramIdAsync(folder);

        await guard.StandardInput.WriteLineAsync("farewell");

        await guard.WaitForExitAsync().WaitAsync(Deadline);
        Assert.False(IsRunning(program));
        Assert.True(Directory.Exists(folder.Path));
    }

    [SkippableFact]
    public async Task A_program_that_ends_by_itself_passes_its_exit_code_on()
    {
        using var folder = NewFolder();
        using var guard = Guard(folder, "exit 7");

        await guard.WaitForExitAsync().WaitAsync(Deadline);

        Assert.Equal(7, guard.ExitCode);
    }

    private static TemporaryFolder NewFolder()
    {
        Skip.IfNot(File.Exists("/bin/sh"), "no POSIX shell at /bin/sh");
        return new TemporaryFolder();
    }

    private static Process Guard(TemporaryFolder folder, string program = "echo $$ >started; mv started id; exec sleep 600")
    {
        string[] arguments = [Script, folder.Combine("log"), folder.Path, "/bin/sh", "-c", program];
        return Process.Start(new ProcessStartInfo("/bin/sh", arguments)
        {
            RedirectStandardInput = true,
            WorkingDirectory = folder.Path,
        })!;
    }

    private static async Task<int> ProgramIdAsync(TemporaryFolder folder)
    {
        await Poll.UntilAsync("the program to start", Deadline, _ => Task.FromResult(File.Exists(folder.Combine("id"))));
        return int.Parse(await File.ReadAllTextAsync(folder.Combine("id")));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
