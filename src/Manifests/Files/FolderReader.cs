namespace Waybill.Manifests.Files;

/// <summary>Reads the manifest files of a folder, its subfolders included. Never throws for what it finds there.</summary>
internal sealed class FolderReader
{
    private readonly string _root;
    private readonly List<ManifestFile> _files = [];
    private readonly List<ManifestProblem> _problems = [];
    private bool _isFull;

    private FolderReader(string root) => _root = root;

    public static FolderContent Read(string folder)
    {
        var reader = new FolderReader(Path.GetFullPath(folder));
        if (File.Exists(folder))
        {
            reader.Report(folder, "is a file: give the folder it is in");
        }
        else if (!Directory.Exists(folder))
        {
            reader.Report(folder, "there is no such folder");
        }
        else
        {
            reader.ReadFolder(new DirectoryInfo(reader._root), parents: []);
            reader.ReportNothing(folder);
        }

        return new FolderContent([.. reader._files.OrderBy(f => f.Path, StringComparer.Ordinal)], reader._problems);
    }

    private void ReadFolder(DirectoryInfo folder, IReadOnlyList<string> parents)
    {
        try
        {
            var real = folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;
            if (parents.Contains(real) || parents.Count > ManifestLimits.MaxFolderDepth)
            {
                Report(folder.FullName, parents.Contains(real) ? $"a symbolic link back to {real}: remove it" : "nested too deeply");
                return;
            }

            foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                ReadEntry(entry, [.. parents, real]);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Report(folder.FullName, $"cannot be read: {error.Message}");
        }
    }

    private void ReadEntry(FileSystemInfo entry, IReadOnlyList<string> parents)
    {
        // Kubernetes mounts a ConfigMap as links into a hidden folder; what is hidden would come twice.
        if (entry.Name.StartsWith('.') || _isFull)
        {
            return;
        }

        if (entry is DirectoryInfo folder)
        {
            ReadFolder(folder, parents);
        }
        else if (entry.Extension is ".yaml" or ".yml")
        {
            ReadFile((FileInfo)entry);
        }
    }

    private void ReadFile(FileInfo file)
    {
        if (_files.Count == ManifestLimits.MaxFiles)
        {
            _isFull = true;
            Report(_root, $"more than {ManifestLimits.MaxFiles} manifest files");
            return;
        }

        try
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            _files.Add(new ManifestFile(Relative(file.FullName), ReadBounded(stream)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Report(file.FullName, file.LinkTarget is { } target && !File.Exists(file.FullName)
                ? $"a symbolic link to {target}, which is not there"
                : $"cannot be read: {error.Message}");
        }
    }

    /// <summary>One byte more than is allowed is enough to know that there is too much.</summary>
    private static byte[] ReadBounded(FileStream stream)
    {
        var buffer = new byte[Math.Min(stream.Length, ManifestLimits.MaxFileBytes) + 1];
        return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
    }

    private void ReportNothing(string folder)
    {
        if (_files.Count == 0 && _problems.Count == 0)
        {
            Report(folder, "holds no .yaml or .yml file");
        }
    }

    private string Relative(string path) => Path.GetRelativePath(_root, path).Replace('\\', '/');

    private void Report(string path, string message)
    {
        var full = Path.GetFullPath(path);
        var shown = full.Length > _root.Length && full.StartsWith(_root, StringComparison.Ordinal) ? Relative(full) : path;
        _problems.Add(new ManifestProblem(shown, 0, 0, "", message));
    }
}
