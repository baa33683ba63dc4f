using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Waybill.Simulation.GitHub;

/// <content>What GitHub's Git Data API does to a repository. Webhooks go out on their own time, as GitHub's do.</content>
public sealed partial class SimulatedRepository
{
    private readonly Dictionary<string, string> _protected = [];
    private readonly Dictionary<string, SimulatedTag> _tagObjects = [];
    private Task _deliveries = Task.CompletedTask;

    /// <summary>The most entries of a tree that GitHub tells at once.</summary>
    public int TreeLimit { get; set; } = 100_000;

    /// <summary>Makes a file one that can be run.</summary>
    public void MarkExecutable(string branch, string path) => Objects.Executables[Resolve(branch)!.Tree[path]] = true;

    public bool IsExecutable(string branch, string path) => Objects.Executables.ContainsKey(Resolve(branch)!.Tree[path]);

    /// <summary>From now on a branch takes no pushes; GitHub answers with these words.</summary>
    public void Protect(string branch, string message = "Repository rule violations found\n\nChanges must be made through a pull request.\n\n")
    {
        lock (_lock)
        {
            _protected[branch] = message;
        }
    }

    /// <summary>Ends when every webhook of the API's changes so far was delivered.</summary>
    public async Task SettleAsync()
    {
        Task waiting;
        lock (_lock)
        {
            waiting = _deliveries;
        }

        await waiting;
    }

    internal bool IsProtected(string branch)
    {
        lock (_lock)
        {
            return _protected.ContainsKey(branch);
        }
    }

    internal SimulatedCommit AddCommit(string message, SimulatedPerson? author, IReadOnlyList<string> parents, ImmutableSortedDictionary<string, string> tree)
    {
        lock (_lock)
        {
            return Add(++_sequence, message, author, parents, tree);
        }
    }

    /// <summary>Moves, creates (no hash expected before) or deletes (no new hash) a branch. Null when that is done, GitHub's words when it is not.</summary>
    internal string? ChangeBranch(string branch, string? sha, bool mustExist, bool force)
    {
        lock (_lock)
        {
            var before = _branches.GetValueOrDefault(branch);
            var refusal = (before is null, mustExist) switch
            {
                (true, true) => "Reference does not exist",
                (false, false) => "Reference already exists",
                _ when sha is not null && !_commits.ContainsKey(sha) => "Object does not exist",
                _ when _protected.TryGetValue(branch, out var words) => words,
                (false, true) when sha is not null && !force && !History(sha).Any(c => c.Sha == before) => "Update is not a fast forward",
                _ => null,
            };
            if (refusal is not null || before == sha)
            {
                return refusal;
            }

            Hold(branch, sha);
            var known = before is null ? [] : History(before).Select(c => c.Sha).ToHashSet();
            SimulatedCommit[] added = sha is null || before is null ? [] : [.. History(sha).Where(c => !known.Contains(c.Sha)).Reverse()];
            var forced = before is not null && sha is not null && !History(sha).Any(c => c.Sha == before);
            Deliver(new PushEvent(this, $"refs/heads/{branch}", before, sha, forced, added));
            return null;
        }
    }

    internal string? AddTagRef(string name, string sha)
    {
        lock (_lock)
        {
            if (_tags.ContainsKey(name))
            {
                return "Reference already exists";
            }

            var tag = _tagObjects.GetValueOrDefault(sha) ?? (_commits.ContainsKey(sha) ? new SimulatedTag(name, sha, sha, null, SimulatedPerson.Ada, _time.GetUtcNow()) : null);
            if (tag is null)
            {
                return "Object does not exist";
            }

            _tags[name] = tag with { Name = name };
            Deliver(new PushEvent(this, $"refs/tags/{name}", null, sha, Forced: false, []) { HeadCommit = _commits[tag.CommitSha] });
            return null;
        }
    }

    internal SimulatedTag AddTagObject(string name, string commit, string message, SimulatedPerson? tagger)
    {
        var tag = new SimulatedTag(name, SimulatedHash.Of("tag", FullName, name, commit, message), commit, message, tagger ?? SimulatedPerson.Ada, _time.GetUtcNow());
        lock (_lock)
        {
            return _tagObjects[tag.Sha] = tag;
        }
    }

    private void Hold(string branch, string? sha)
    {
        if (sha is null)
        {
            _branches.Remove(branch);
        }
        else
        {
            _branches[branch] = sha;
        }

        PushedAt = _time.GetUtcNow();
    }

    /// <summary>Sends another event than a push to hooks: its name, and its payload given the API's address.</summary>
    internal Func<string, Func<string, JsonObject>, Task> DeliverEvent { get; init; } = (_, _) => Task.CompletedTask;

    private void Deliver(PushEvent push) => Deliver(() => _deliver(push, CancellationToken.None));

    private void Deliver(string name, Func<string, JsonObject> payload) => Deliver(() => DeliverEvent(name, payload));

    private void Deliver(Func<Task> send)
    {
        var before = _deliveries;
        _deliveries = Task.Run(async () =>
        {
            await before;
            await send();
        });
    }
}
