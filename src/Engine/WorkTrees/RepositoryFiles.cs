using Microsoft.Extensions.Caching.Memory;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;

namespace Waybill.Engine.WorkTrees;

/// <summary>
/// Files of commits, read when they are asked for and kept for a while: what a commit holds never changes, so a copy is never stale.
/// </summary>
public sealed class RepositoryFiles(IGitRepositoryClient git) : IDisposable
{
    private const long CacheBytes = 16 * 1024 * 1024;
    private const int EntryOverhead = 256;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    /// <summary>What is at a path of a commit; null when nothing is.</summary>
    internal async Task<StoredEntry?> FindAsync(Checkout checkout, string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0)
        {
            return new StoredEntry(EntryKind.Directory, checkout.RepoUrl, checkout.Tree, null, null);
        }

        var repository = NameOf(checkout.RepoUrl);
        return await KeepAsync<StoredEntry?>((repository, checkout.Commit, path), async () =>
        {
            var entry = await git.ReadAsync(repository, checkout.Commit, path, cancellationToken);
            var mode = entry?.Content is { } content && content.Span.StartsWith("#!"u8) ? await ReadModeAsync(checkout, path, cancellationToken) : null;
            return entry is null ? null : new StoredEntry(entry.Kind, checkout.RepoUrl, entry.Sha, mode, entry.Content);
        });
    }

    /// <summary>A path holds the same in another commit of the repository, which GitHub said already: that needs no reading.</summary>
    internal async Task CarryAsync(Checkout from, Checkout to, string path, CancellationToken cancellationToken)
    {
        var entry = await FindAsync(from, path, cancellationToken);
        await KeepAsync((NameOf(to.RepoUrl), to.Commit, path), () => Task.FromResult(entry));
    }

    /// <summary>Every file below a directory of a commit, by paths relative to it; empty when there is no such directory.</summary>
    internal async Task<IReadOnlyDictionary<string, StoredEntry>> ListAsync(Checkout checkout, string path, CancellationToken cancellationToken)
    {
        var repository = NameOf(checkout.RepoUrl);
        if (await FindTreeAsync(repository, checkout, path, cancellationToken) is not { } tree)
        {
            return new Dictionary<string, StoredEntry>();
        }

        var files = await KeepAsync((repository, tree, "//tree"), () => git.ListTreeAsync(repository, tree, cancellationToken));
        return files.ToDictionary(f => f.Path, f => new StoredEntry(f.Kind, checkout.RepoUrl, f.Sha, f.Mode, null), StringComparer.Ordinal);
    }

    /// <summary>A file's bytes.</summary>
    /// <exception cref="WorkTreeException">It is no file.</exception>
    internal async Task<ReadOnlyMemory<byte>> ReadAsync(StoredEntry entry, CancellationToken cancellationToken)
    {
        var repository = NameOf(entry.RepoUrl);
        if (entry.Content is { } content)
        {
            return content;
        }

        var blob = await KeepAsync((repository, entry.Sha, "//blob"), async () => new Blob(await git.ReadBlobAsync(repository, entry.Sha, cancellationToken)));
        return blob.Content;
    }

    public void Dispose() => _cache.Dispose();

    /// <exception cref="WorkTreeException">The URL is not of a repository on GitHub.</exception>
    internal static RepositoryName NameOf(string url) => RepositoryName.TryParse(url, out var name)
        ? name
        : throw new WorkTreeException($"{url} is not a repository's address such as https://github.com/OWNER/NAME.");

    // A file alone comes without its mode, and only scripts have another than the usual one.
    private async Task<string?> ReadModeAsync(Checkout checkout, string path, CancellationToken cancellationToken)
    {
        var directory = PathRules.Parent(path);
        return (await ListAsync(checkout, directory, cancellationToken)).GetValueOrDefault(PathRules.Below(path, directory))?.Mode;
    }

    // GitHub tells a directory's own hash only in the list of the directory around it.
    private async Task<string?> FindTreeAsync(RepositoryName repository, Checkout checkout, string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0)
        {
            return checkout.Tree;
        }

        var around = await KeepAsync(
            (repository, checkout.Commit, PathRules.Parent(path) + "//list"),
            () => git.ListDirectoryAsync(repository, checkout.Commit, PathRules.Parent(path), cancellationToken));
        var name = PathRules.Below(path, PathRules.Parent(path));
        return around.FirstOrDefault(e => e.Path == name && e.Kind is EntryKind.Directory)?.Sha;
    }

    private async Task<T> KeepAsync<T>((RepositoryName, string, string) key, Func<Task<T>> read)
    {
        if (_cache.TryGetValue(key, out var known))
        {
            return (T)known!;
        }

        var value = await read();
        _cache.Set(key, value, new MemoryCacheEntryOptions { Size = SizeOf(value) });
        return value;
    }

    private static long SizeOf(object? value) => EntryOverhead + value switch
    {
        StoredEntry entry => entry.Content?.Length ?? 0,
        Blob blob => blob.Content.Length,
        IReadOnlyList<TreeEntry> entries => entries.Sum(e => 128L + (2 * e.Path.Length)),
        _ => 0,
    };

    private sealed record Blob(ReadOnlyMemory<byte> Content);
}

/// <summary>Something that a repository holds.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="RepoUrl">The repository.</param>
/// <param name="Sha">The contents' hash.</param>
/// <param name="Mode">Git's; null when nobody told.</param>
/// <param name="Content">The bytes, where they came along.</param>
internal sealed record StoredEntry(EntryKind Kind, string RepoUrl, string Sha, string? Mode, ReadOnlyMemory<byte>? Content);
