using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Waybill.Simulation.GitHub;

/// <content>Pull requests.</content>
public sealed partial class SimulatedRepository
{
    private readonly SortedDictionary<int, SimulatedPullRequest> _pulls = [];
    private readonly Dictionary<int, string> _mergeableStates = [];

    /// <summary>The pull requests so far, oldest first.</summary>
    public IReadOnlyList<SimulatedPullRequest> PullRequests
    {
        get
        {
            lock (_lock)
            {
                return [.. _pulls.Values.Select(Refreshed)];
            }
        }
    }

    /// <summary>What GitHub says of a request's mergeability until it is told otherwise (null: what the branches say).</summary>
    public void SetMergeableState(int number, string? state)
    {
        lock (_lock)
        {
            if (state is null)
            {
                _mergeableStates.Remove(number);
            }
            else
            {
                _mergeableStates[number] = state;
            }
        }
    }

    /// <summary>Closes a pull request unmerged, and tells hooks.</summary>
    public void ClosePullRequest(int number)
    {
        lock (_lock)
        {
            _pulls[number] = Refreshed(_pulls[number]) with { ClosedAt = _time.GetUtcNow() };
            Tell(_pulls[number]);
        }
    }

    /// <summary>Merges a pull request, as a person does on its page. Returns the commit that did.</summary>
    public string MergePullRequest(int number) =>
        Merge(number) ?? throw new InvalidOperationException($"Pull request {number} of {FullName} can't be merged.");

    internal SimulatedPullRequest? FindPullRequest(int number)
    {
        lock (_lock)
        {
            return _pulls.TryGetValue(number, out var request) ? Refreshed(request) : null;
        }
    }

    /// <summary>The new request, or GitHub's words about why there is none.</summary>
    internal (SimulatedPullRequest? Request, string? Refusal) AddPullRequest(string head, string @base, string title, string? body)
    {
        lock (_lock)
        {
            if (!_branches.TryGetValue(head, out var headSha) || !_branches.TryGetValue(@base, out var baseSha))
            {
                return (null, $"{(_branches.ContainsKey(head) ? "base" : "head")} invalid");
            }

            if (_pulls.Values.Any(p => p.IsOpen && p.Head == head && p.Base == @base))
            {
                return (null, $"A pull request already exists for {Owner}:{head}.");
            }

            if (History(baseSha).Any(c => c.Sha == headSha))
            {
                return (null, $"No commits between {@base} and {head}");
            }

            var number = _pulls.Count + 1;
            var request = new SimulatedPullRequest { Number = number, Head = head, Base = @base, Title = title, Body = body, CreatedAt = _time.GetUtcNow(), HeadSha = headSha };
            return (_pulls[number] = request, null);
        }
    }

    internal SimulatedPullRequest Label(int number, IEnumerable<string> labels)
    {
        lock (_lock)
        {
            return _pulls[number] = _pulls[number] with { Labels = [.. _pulls[number].Labels.Union(labels)] };
        }
    }

    /// <summary>GitHub's word for whether a request can be merged.</summary>
    internal string MergeableStateOf(SimulatedPullRequest request)
    {
        lock (_lock)
        {
            return !request.IsOpen ? "unknown"
                : _mergeableStates.GetValueOrDefault(request.Number) ?? (request.IsDraft ? "draft" : MergedTree(request) is null ? "dirty" : "clean");
        }
    }

    /// <summary>The commit that merged a request; null when its branches conflict, or it is not open.</summary>
    internal string? Merge(int number)
    {
        lock (_lock)
        {
            var request = Refreshed(_pulls[number]);
            if (!request.IsOpen || MergedTree(request) is not { } tree)
            {
                return null;
            }

            var before = _branches[request.Base];
            var commit = Add(++_sequence, $"Merge pull request #{number} from {Owner}/{request.Head}\n\n{request.Title}", null, [before, request.HeadSha], tree);
            Hold(request.Base, commit.Sha);
            _pulls[number] = request with { ClosedAt = _time.GetUtcNow(), MergedAt = _time.GetUtcNow(), MergeSha = commit.Sha };
            Deliver(new PushEvent(this, $"refs/heads/{request.Base}", before, commit.Sha, Forced: false, [commit]));
            Tell(_pulls[number]);
            return commit.Sha;
        }
    }

    /// <summary>Both sides' files; null where both changed one, each in its own way.</summary>
    private ImmutableSortedDictionary<string, string>? MergedTree(SimulatedPullRequest request)
    {
        if (!_branches.TryGetValue(request.Base, out var baseSha) || SimulatedDiff.MergeBase(this, baseSha, request.HeadSha) is not { } common)
        {
            return null;
        }

        var (theirs, tree) = (_commits[request.HeadSha].Tree, _commits[baseSha].Tree);
        foreach (var path in common.Tree.Keys.Union(theirs.Keys).Where(p => common.Tree.GetValueOrDefault(p) != theirs.GetValueOrDefault(p)).ToList())
        {
            var (old, mine, other) = (common.Tree.GetValueOrDefault(path), tree.GetValueOrDefault(path), theirs.GetValueOrDefault(path));
            if (mine != old && mine != other)
            {
                return null;
            }

            tree = other is null ? tree.Remove(path) : tree.SetItem(path, other);
        }

        return tree;
    }

    private SimulatedPullRequest Refreshed(SimulatedPullRequest request) =>
        request.IsOpen && _branches.TryGetValue(request.Head, out var head) ? request with { HeadSha = head } : request;

    private void Tell(SimulatedPullRequest request) => Deliver("pull_request", api => new JsonObject
    {
        ["action"] = "closed",
        ["number"] = request.Number,
        ["pull_request"] = new PullRequestShapes(this, api).Whole(request),
        ["repository"] = RepositoryShapes.Repository(this, api),
        ["sender"] = RepositoryShapes.User(SimulatedPerson.Ada.Login, api),
    });
}
