using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace Waybill.Simulation.GitHub;

/// <summary>A repository in memory. Pushing to it delivers GitHub's webhook; the other methods only change or read it. Safe for threads.</summary>
public sealed partial class SimulatedRepository
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Func<PushEvent, CancellationToken, Task<IReadOnlyList<HookDelivery>>> _deliver;
    private readonly Dictionary<string, SimulatedCommit> _commits = [];
    private readonly Dictionary<string, string> _branches = [];
    private readonly Dictionary<string, SimulatedTag> _tags = [];
    private readonly ConcurrentDictionary<string, int> _order = new();
    private int _sequence;

    internal SimulatedRepository(
        string owner, string name, string defaultBranch, TimeProvider time, Func<PushEvent, CancellationToken, Task<IReadOnlyList<HookDelivery>>> deliver)
    {
        (Owner, Name, DefaultBranch, _time, _deliver) = (owner, name, defaultBranch, time, deliver);
        CreatedAt = PushedAt = time.GetUtcNow();
    }

    public string Owner { get; }

    public string Name { get; }

    public string FullName => $"{Owner}/{Name}";

    public string DefaultBranch { get; }

    /// <summary>What manifests call the repository; the real host, so that sample manifests look real.</summary>
    public string CloneUrl => $"https://github.com/{FullName}.git";

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset PushedAt { get; private set; }

    /// <summary>Adds a commit to a branch without telling anyone, as if the webhook got lost.</summary>
    public SimulatedCommit Commit(string branch, CommitContent content)
    {
        lock (_lock)
        {
            var parents = _branches.TryGetValue(branch, out var head) ? [head, .. content.MergedFrom] : content.MergedFrom;
            var commit = Create(parents, content);
            _branches[branch] = commit.Sha;
            PushedAt = _time.GetUtcNow();
            return commit;
        }
    }

    /// <summary>Adds one commit to a branch (which is created where it is missing) and delivers the webhook.</summary>
    public Task<Push> PushAsync(string branch, string message, params string[] files) =>
        PushAsync(branch, [new CommitContent(message, files)]);

    /// <summary>Adds commits, oldest first, to a branch in one push.</summary>
    public Task<Push> PushAsync(string branch, IReadOnlyList<CommitContent> commits, CancellationToken cancellationToken = default)
    {
        var before = HeadOf(branch);
        SimulatedCommit[] added = [.. commits.Select(c => Commit(branch, c))];
        return TellAsync(new PushEvent(this, $"refs/heads/{branch}", before, HeadOf(branch), Forced: false, added), cancellationToken);
    }

    /// <summary>Delivers the webhook for a commit that <see cref="Commit"/> added: for whoever must know its hash before anybody hears of it.</summary>
    public Task<Push> AnnounceAsync(string branch, SimulatedCommit added, CancellationToken cancellationToken = default) =>
        TellAsync(new PushEvent(this, $"refs/heads/{branch}", added.Parents is [var before, ..] ? before : null, added.Sha, Forced: false, [added]), cancellationToken);

    /// <summary>Starts a branch at another one's head.</summary>
    public Task<Push> CreateBranchAsync(string branch, string from, CancellationToken cancellationToken = default)
    {
        MoveBranch(branch, HeadOf(from) ?? throw new InvalidOperationException($"{FullName} has no branch {from}."));
        return TellAsync(new PushEvent(this, $"refs/heads/{branch}", null, HeadOf(branch), Forced: false, []) { BaseRef = $"refs/heads/{from}" }, cancellationToken);
    }

    /// <summary>Throws away everything after a commit and adds others: history is rewritten.</summary>
    public Task<Push> ForcePushAsync(string branch, string ontoSha, IReadOnlyList<CommitContent> commits, CancellationToken cancellationToken = default)
    {
        var before = HeadOf(branch);
        MoveBranch(branch, ontoSha);
        SimulatedCommit[] added = [.. commits.Select(c => Commit(branch, c))];
        return TellAsync(new PushEvent(this, $"refs/heads/{branch}", before, HeadOf(branch), Forced: true, added), cancellationToken);
    }

    /// <summary>Deletes a branch.</summary>
    public Task<Push> DeleteBranchAsync(string branch, CancellationToken cancellationToken = default)
    {
        var before = HeadOf(branch);
        lock (_lock)
        {
            _branches.Remove(branch);
        }

        return TellAsync(new PushEvent(this, $"refs/heads/{branch}", before, null, Forced: false, []), cancellationToken);
    }

    /// <summary>Tags a commit (the default branch's head when null); annotated when there is a message.</summary>
    public Task<Push> TagAsync(string name, string? sha = null, string? message = null, CancellationToken cancellationToken = default)
    {
        var tag = Tag(name, sha, message);
        return TellAsync(new PushEvent(this, $"refs/tags/{name}", null, tag.Sha, Forced: false, []) { HeadCommit = Find(tag.CommitSha) }, cancellationToken);
    }

    /// <summary>The same without telling anyone.</summary>
    public SimulatedTag Tag(string name, string? sha = null, string? message = null)
    {
        var commit = sha ?? HeadOf(DefaultBranch) ?? throw new InvalidOperationException($"{FullName} has no commits to tag.");
        lock (_lock)
        {
            var own = message is null ? commit : SimulatedHash.Of("tag", FullName, name, commit, message);
            return _tags[name] = new SimulatedTag(name, own, commit, message, SimulatedPerson.Ada, _time.GetUtcNow());
        }
    }

    /// <summary>The commit at the head of a branch; null when there is no such branch.</summary>
    public string? HeadOf(string branch)
    {
        lock (_lock)
        {
            return _branches.GetValueOrDefault(branch);
        }
    }

    public SimulatedCommit? Find(string sha)
    {
        lock (_lock)
        {
            return _commits.GetValueOrDefault(sha);
        }
    }

    /// <summary>The commit that a branch, tag, hash, or nothing (the default branch) means.</summary>
    public SimulatedCommit? Resolve(string? reference)
    {
        lock (_lock)
        {
            var name = reference is null or "HEAD" ? DefaultBranch : reference;
            var sha = _branches.GetValueOrDefault(name) ?? _tags.GetValueOrDefault(name)?.CommitSha
                ?? _branches.GetValueOrDefault(After(name, "heads/")) ?? _tags.GetValueOrDefault(After(name, "tags/"))?.CommitSha ?? name;
            return _commits.GetValueOrDefault(sha);
        }
    }

    /// <summary>A file's contents at the commit that a branch, tag or hash means; null when there is no such file.</summary>
    public string? ReadText(string? reference, string path) => ReadBytes(reference, path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The same as bytes.</summary>
    public byte[]? ReadBytes(string? reference, string path) =>
        Resolve(reference)?.Tree.TryGetValue(path, out var blob) is true ? Objects.ReadBlob(blob) : null;

    internal SimulatedObjects Objects { get; } = new();

    public IReadOnlyList<SimulatedTag> Tags
    {
        get
        {
            lock (_lock)
            {
                return [.. _tags.Values.OrderByDescending(t => t.Name, StringComparer.Ordinal)];
            }
        }
    }

    public IReadOnlyDictionary<string, string> Branches
    {
        get
        {
            lock (_lock)
            {
                return _branches.ToImmutableSortedDictionary();
            }
        }
    }

    /// <summary>A commit and all before it, newest first.</summary>
    public IReadOnlyList<SimulatedCommit> History(string sha)
    {
        var (seen, queue, history) = (new HashSet<string>(), new PriorityQueue<SimulatedCommit, long>(), new List<SimulatedCommit>());
        Enqueue(sha);
        while (queue.TryDequeue(out var commit, out _))
        {
            history.Add(commit);
            foreach (var parent in commit.Parents)
            {
                Enqueue(parent);
            }
        }

        return history;

        // Later commits have larger numbers, also where the clock stands still.
        void Enqueue(string id)
        {
            if (seen.Add(id) && Find(id) is { } commit)
            {
                queue.Enqueue(commit, -_order[commit.Sha]);
            }
        }
    }

    private SimulatedCommit Create(IReadOnlyList<string> parents, CommitContent content)
    {
        var sequence = ++_sequence;
        var tree = parents.Count > 0 ? _commits[parents[0]].Tree : ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        foreach (var merged in parents.Skip(1))
        {
            tree = tree.SetItems(_commits[merged].Tree);
        }

        tree = tree.SetItems(content.Files.Select(f => KeyValuePair.Create(f, SimulatedHash.Of("blob", f, $"{sequence}")))).RemoveRange(content.Removed)
            .SetItems(content.Texts.Select(t => KeyValuePair.Create(t.Key, Objects.AddText(t.Value))))
            .SetItems(content.Bytes.Select(b => KeyValuePair.Create(b.Key, Objects.AddBlob(b.Value))));
        foreach (var (from, to) in content.Renamed)
        {
            tree = tree.SetItem(to, tree[from]).Remove(from);
        }

        return Add(sequence, content.Message, content.Author, parents, tree);
    }

    private SimulatedCommit Add(
        int sequence, string message, SimulatedPerson? author, IReadOnlyList<string> parents, ImmutableSortedDictionary<string, string> tree)
    {
        var commit = new SimulatedCommit
        {
            Sha = SimulatedHash.Of(["commit", FullName, $"{sequence}", message, .. parents]),
            Message = message,
            Author = author ?? SimulatedPerson.Ada,
            At = _time.GetUtcNow(),
            Parents = parents,
            Tree = tree,
        };
        Objects.AddTree(tree);
        _order[commit.Sha] = sequence;
        return _commits[commit.Sha] = commit;
    }

    private static string After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : "";

    private void MoveBranch(string branch, string sha)
    {
        lock (_lock)
        {
            _branches[branch] = _commits.ContainsKey(sha) ? sha : throw new InvalidOperationException($"{FullName} has no commit {sha}.");
            PushedAt = _time.GetUtcNow();
        }
    }

    private async Task<Push> TellAsync(PushEvent push, CancellationToken cancellationToken) =>
        new(push.After, await _deliver(push, cancellationToken));
}
