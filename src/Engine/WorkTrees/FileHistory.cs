using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;

namespace Waybill.Engine.WorkTrees;

/// <summary>
/// What the files of a work tree were after any number of its edits: nothing is stored but the edits, so this is worked out from
/// the commits that were checked out, reading only what is asked about.
/// </summary>
internal sealed class FileHistory(WorkTree tree, RepositoryFiles files, IReadOnlyDictionary<string, IFileEditor> editors)
{
    private readonly Dictionary<(string Path, int Edits), FileState?> _states = [];
    private readonly Dictionary<int, IgnoreRules> _ignored = [];

    public WorkTree Tree => tree;

    /// <summary>A file after a number of edits; null when there is none. Directories are none.</summary>
    public async Task<FileState?> FindAsync(string path, int edits, CancellationToken cancellationToken)
    {
        if (_states.TryGetValue((path, edits), out var known))
        {
            return known;
        }

        var checkout = tree.CheckoutOf(path, edits);
        var since = checkout?.Since ?? 0;
        var last = Enumerable.Range(since, edits - since).LastOrDefault(i => Affects(i, path), -1);
        return _states[(path, edits)] = last < 0
            ? await FindStoredAsync(checkout, path, cancellationToken)
            : await ApplyAsync(last, path, cancellationToken);
    }

    /// <summary>A file's text after a number of edits; null when there is no such file.</summary>
    /// <exception cref="WorkTreeException">It has no text that could be edited.</exception>
    public async Task<string?> ReadAsync(string path, int edits, CancellationToken cancellationToken) =>
        await FindAsync(path, edits, cancellationToken) is { } state ? await TextOfAsync(path, state, cancellationToken) : null;

    /// <summary>Every file below a directory after a number of edits, by paths relative to it.</summary>
    public async Task<IReadOnlyDictionary<string, StoredEntry?>> ListAsync(string directory, int edits, CancellationToken cancellationToken)
    {
        var (listing, from) = await StartListAsync(directory, edits, cancellationToken);
        for (var i = from; i <= edits; i++)
        {
            foreach (var nested in tree.Checkouts.Where(c => c.Since == i && c.Path != directory && PathRules.IsWithin(c.Path, directory)))
            {
                var below = PathRules.Below(nested.Path, directory);
                Remove(listing, below);
                Add(listing, below, (await files.ListAsync(nested, "", cancellationToken)).Select(f => KeyValuePair.Create(f.Key, (StoredEntry?)f.Value)));
            }

            if (i < edits)
            {
                await ApplyAsync(listing, directory, i, cancellationToken);
            }
        }

        return listing;
    }

    /// <summary>Which of a copy's source files are copied, by paths relative to the source; one empty path when the source is a file.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, StoredEntry?>>> CopiedAsync(int copy, CancellationToken cancellationToken)
    {
        var from = tree.Edits[copy].Source();
        if (await FindAsync(from, copy, cancellationToken) is { Kind: EntryKind.File } file)
        {
            return IsIgnored(copy, "") ? [] : [KeyValuePair.Create("", file.Stored)];
        }

        var listing = await ListAsync(from, copy, cancellationToken);
        return [.. listing.Where(f => f.Value is null or { Kind: EntryKind.File } && !IsIgnored(copy, f.Key))];
    }

    private async Task<(Dictionary<string, StoredEntry?> Listing, int From)> StartListAsync(string directory, int edits, CancellationToken cancellationToken)
    {
        var checkout = tree.CheckoutOf(directory, edits);
        var since = checkout?.Since ?? 0;
        var emptied = Enumerable.Range(since, edits - since).LastOrDefault(i => tree.Edits[i].IsDelete() && tree.Removes(i, directory), -1);
        if (checkout is null || emptied >= 0)
        {
            return (new(StringComparer.Ordinal), emptied < 0 ? since : emptied + 1);
        }

        var stored = await files.ListAsync(checkout, PathRules.Below(directory, checkout.Path), cancellationToken);
        return (stored.ToDictionary(f => f.Key, f => (StoredEntry?)f.Value, StringComparer.Ordinal), since);
    }

    private async Task ApplyAsync(Dictionary<string, StoredEntry?> listing, string directory, int index, CancellationToken cancellationToken)
    {
        var edit = tree.Edits[index];
        if (edit.IsDelete())
        {
            foreach (var gone in listing.Keys.Where(p => tree.Removes(index, PathRules.Join(directory, p))).ToList())
            {
                listing.Remove(gone);
            }
        }
        else if (edit.IsOfText() && edit.Path != directory && PathRules.IsWithin(edit.Path, directory))
        {
            listing[PathRules.Below(edit.Path, directory)] = null;
        }
        else if (edit.IsCopy() && (PathRules.IsWithin(edit.Path, directory) || PathRules.IsWithin(directory, edit.Path)))
        {
            var copied = (await CopiedAsync(index, cancellationToken)).Select(f => KeyValuePair.Create(PathRules.Join(edit.Path, f.Key), f.Value));
            Add(listing, "", copied.Where(f => f.Key != directory && PathRules.IsWithin(f.Key, directory))
                .Select(f => KeyValuePair.Create(PathRules.Below(f.Key, directory), f.Value)));
        }
    }

    private async Task<FileState?> FindStoredAsync(Checkout? checkout, string path, CancellationToken cancellationToken) =>
        checkout is not null
        && await files.FindAsync(checkout, PathRules.Below(path, checkout.Path), cancellationToken) is { Kind: not EntryKind.Directory } entry
            ? new FileState(entry, null)
            : null;

    private async Task<FileState?> ApplyAsync(int index, string path, CancellationToken cancellationToken)
    {
        var edit = tree.Edits[index];
        switch (edit.Kind)
        {
            case FileOperations.Delete or FileOperations.Clear:
                return null;
            case FileOperations.Copy:
                var below = PathRules.Below(path, edit.Path);
                var source = IsIgnored(index, below) ? null : await FindAsync(PathRules.Join(edit.Source(), below), index, cancellationToken);
                return source is { Kind: EntryKind.File } ? source : await FindAsync(path, index, cancellationToken);
            default:
                var state = await FindAsync(path, index, cancellationToken);
                var before = state is null ? null : await TextOfAsync(path, state, cancellationToken);
                return new FileState(null, EditorOf(edit.Kind).Apply(before, edit.Arguments)) { Mode = state?.Mode ?? FileState.PlainMode };
        }
    }

    private async Task<string> TextOfAsync(string path, FileState state, CancellationToken cancellationToken)
    {
        if (state.Text is { } text)
        {
            return text;
        }

        if (state.Kind is not EntryKind.File)
        {
            throw new WorkTreeException($"{path} is a {state.Kind.ToString().ToLowerInvariant()}, which can't be edited: name the file itself.");
        }

        if (state.Stored is { Content: null, Mode: null })
        {
            throw new WorkTreeException($"{path} is larger than {TextLimit.Words}: Waybill edits no such files.");
        }

        var bytes = await files.ReadAsync(state.Stored!, cancellationToken);
        return bytes.Length > TextLimit.Bytes
            ? throw new WorkTreeException($"{path} is larger than {TextLimit.Words}: Waybill edits no such files.")
            : FileState.Decode(bytes) ?? throw new WorkTreeException($"{path} is not text in UTF-8, so it can't be edited.");
    }

    private IFileEditor EditorOf(string kind) => editors.TryGetValue(kind, out var editor)
        ? editor
        : throw new FileEditException($"There is no editor {kind}; this promotion was created by another version of Waybill.");

    private bool IsIgnored(int copy, string path)
    {
        var rules = _ignored.TryGetValue(copy, out var known) ? known : _ignored[copy] = tree.Edits[copy].Ignored();
        var source = tree.Edits[copy].Source();
        return rules.Match(path.Length > 0 ? path : PathRules.Below(source, PathRules.Parent(source)));
    }

    private bool Affects(int index, string path) => tree.Edits[index] switch
    {
        var edit when edit.IsOfText() => edit.Path == path,
        var edit when edit.IsDelete() => tree.Removes(index, path),
        var edit => PathRules.IsWithin(path, edit.Path),
    };

    private static void Remove(Dictionary<string, StoredEntry?> listing, string path)
    {
        foreach (var gone in listing.Keys.Where(p => PathRules.IsWithin(p, path)).ToList())
        {
            listing.Remove(gone);
        }
    }

    private static void Add(Dictionary<string, StoredEntry?> listing, string prefix, IEnumerable<KeyValuePair<string, StoredEntry?>> added)
    {
        foreach (var (path, entry) in added)
        {
            listing[PathRules.Join(prefix, path)] = entry;
        }
    }
}

/// <summary>The largest file that is edited: GitHub sends larger ones in another way, and no manifest is so large.</summary>
internal static class TextLimit
{
    public const int Bytes = 1024 * 1024;
    public const string Words = "1 MiB";
}
