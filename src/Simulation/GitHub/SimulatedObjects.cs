using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace Waybill.Simulation.GitHub;

/// <summary>The files and trees that a repository stores, by their hashes. Safe for threads.</summary>
internal sealed class SimulatedObjects
{
    /// <summary>The hash of a tree without files, the same in every repository.</summary>
    public const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    public static readonly ImmutableSortedDictionary<string, string> NoFiles = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();
    private readonly ConcurrentDictionary<string, ImmutableSortedDictionary<string, string>> _trees = new() { [EmptyTree] = NoFiles };

    /// <summary>The files that can be run, by their contents' hashes: a simplification, Git keeps this by path.</summary>
    public ConcurrentDictionary<string, bool> Executables { get; } = new();

    public string AddBlob(byte[] content)
    {
        var sha = SimulatedHash.Of("blob", Convert.ToBase64String(content));
        _blobs[sha] = content;
        return sha;
    }

    public string AddText(string text) => AddBlob(Encoding.UTF8.GetBytes(text));

    /// <summary>A file's bytes; none for files whose contents nobody gave.</summary>
    public byte[] ReadBlob(string sha) => _blobs.GetValueOrDefault(sha, []);

    public bool HasBlob(string sha) => _blobs.ContainsKey(sha);

    public string AddTree(ImmutableSortedDictionary<string, string> files)
    {
        var sha = ShaOf(files);
        _trees[sha] = files;
        return sha;
    }

    public ImmutableSortedDictionary<string, string>? FindTree(string sha) => _trees.GetValueOrDefault(sha);

    public static string ShaOf(ImmutableSortedDictionary<string, string> files) =>
        files.IsEmpty ? EmptyTree : SimulatedHash.Of(files.Select(f => $"{f.Key} {f.Value}"));

    /// <summary>The files below a directory, by paths relative to it.</summary>
    public static ImmutableSortedDictionary<string, string> Below(ImmutableSortedDictionary<string, string> files, string directory)
    {
        var prefix = directory.Length == 0 ? "" : directory + "/";
        return prefix.Length == 0
            ? files
            : NoFiles.AddRange(files.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(f => KeyValuePair.Create(f.Key[prefix.Length..], f.Value)));
    }
}
