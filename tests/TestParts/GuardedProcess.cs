using System.Diagnostics;

namespace Waybill.TestParts;

/// <summary>
/// A program that a test starts and that ends with it: killed when disposed, and also when the test process is killed
/// (guard.sh watches the pipe to us, which works wherever there is a POSIX shell and whatever thread started it).
/// </summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    private static readonly TimeSpan ExitDeadline = TimeSpan.FromSeconds(10);

    private readonly Process _guard;
    private readonly string _log;

    private GuardedProcess(Process guard, string log) => (_guard, _log) = (guard, log);

    /// <summary>True once the program ended by itself.</summary>
    public bool HasExited => _guard.HasExited;

    /// <summary>Starts a program in a folder of its caller's, which is removed if this process dies before disposing.</summary>
    public static GuardedProcess Start(
        string executable,
        IEnumerable<string> arguments,
        TemporaryFolder folder,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var log = folder.Combine(Path.GetFileName(executable) + ".log");
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script(), "guard", log, folder.Path, executable, .. arguments])
        {
            RedirectStandardInput = true,
            WorkingDirectory = folder.Path,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new GuardedProcess(Process.Start(start)!, log);
    }

    /// <summary>The last lines that the program wrote, for a message about its end.</summary>
    public string LogTail() => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(20)) : "(no log)";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _guard.StandardInput.WriteLineAsync("farewell");
            await _guard.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The program had ended, and its guard with it.
        }

        await _guard.WaitForExitAsync().WaitAsync(ExitDeadline);
        _guard.Dispose();
    }

    private static string Script()
    {
        using var stream = typeof(GuardedProcess).Assembly.GetManifestResourceStream("guard.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
