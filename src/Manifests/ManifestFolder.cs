using System.Collections.Frozen;
using Waybill.Domain.Pipelines;
using Waybill.Manifests.Files;
using Waybill.Manifests.Steps;

namespace Waybill.Manifests;

/// <summary>
/// The pipelines of a folder, kept up to date while it changes. A reload with errors leaves the last good pipelines in force
/// and says what is wrong.
/// </summary>
/// <remarks>
/// The operating system's notifications make it quick, a look at the contents from time to time makes it certain: network
/// volumes and mounted ConfigMaps do not notify.
/// </remarks>
public sealed class ManifestFolder : IDisposable
{
    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, StepSchema>? _steps;
    private readonly ManifestFolderOptions _options;
    private readonly Lock _reload = new();
    private readonly ITimer _check;
    private readonly ITimer _debounce;
    private readonly FileSystemWatcher? _watcher;
    private string? _fingerprint;
    private volatile State _state = new(FrozenDictionary<string, Pipeline>.Empty, [], []);
    private volatile bool _isDisposed;

    /// <summary>Loads the folder, which need not be good or even exist: <see cref="Problems"/> tells.</summary>
    public ManifestFolder(
        string folder, TimeProvider time, ManifestFolderOptions? options = null, IReadOnlyDictionary<string, StepSchema>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _folder = Path.GetFullPath(folder);
        _steps = steps;
        _options = options ?? new ManifestFolderOptions();
        Reload();
        _debounce = time.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _check = time.CreateTimer(_ => Reload(), null, _options.CheckEvery, _options.CheckEvery);
        _watcher = Watch();
    }

    /// <summary>Raised after <see cref="Current"/> or <see cref="Problems"/> changed, on a thread of the pool.</summary>
    public event EventHandler? Changed;

    /// <summary>The pipelines in force, by project name: those of the last load without errors.</summary>
    public IReadOnlyDictionary<string, Pipeline> Current => _state.Pipelines;

    /// <summary>What is wrong with the folder as it is now; empty when <see cref="Current"/> is what it says.</summary>
    public IReadOnlyList<ManifestProblem> Problems => _state.Problems;

    /// <summary>What may surprise in the folder as it is now.</summary>
    public IReadOnlyList<ManifestProblem> Notices => _state.Notices;

    /// <summary>Loads the folder again if anything in it changed.</summary>
    public void Reload()
    {
        lock (_reload)
        {
            var content = FolderReader.Read(_folder);
            var fingerprint = content.Fingerprint();
            if (_isDisposed || fingerprint == _fingerprint)
            {
                return;
            }

            var result = ManifestLoader.Load(content, _steps);
            _fingerprint = fingerprint;
            _state = new State(
                result.Succeeded ? result.Pipelines.ToFrozenDictionary(p => p.Project) : _state.Pipelines, result.Errors, result.Notices);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _watcher?.Dispose();
        _debounce.Dispose();
        _check.Dispose();
    }

    /// <summary>Null where the folder is not there or the system has no watches left: the periodic check does alone.</summary>
    private FileSystemWatcher? Watch()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(_folder) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => ReloadSoon();
            watcher.Created += (_, _) => ReloadSoon();
            watcher.Deleted += (_, _) => ReloadSoon();
            watcher.Renamed += (_, _) => ReloadSoon();
            watcher.Error += (_, _) => ReloadSoon();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            return null;
        }
    }

    // Editors and git write several files, and some files in several goes.
    private void ReloadSoon() => _debounce.Change(_options.Debounce, Timeout.InfiniteTimeSpan);

    private sealed record State(
        IReadOnlyDictionary<string, Pipeline> Pipelines, IReadOnlyList<ManifestProblem> Problems, IReadOnlyList<ManifestProblem> Notices);
}

/// <summary>When a <see cref="ManifestFolder"/> looks.</summary>
public sealed record ManifestFolderOptions
{
    /// <summary>How long nothing must have changed before a notified change is loaded.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the contents are compared, notified or not.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(30);
}
