namespace Waybill.Simulation.GitHub;

/// <summary>What differs between commits, as Git would tell it.</summary>
internal static class SimulatedDiff
{
    /// <summary>Against the first parent; everything for a first commit.</summary>
    public static IReadOnlyList<SimulatedChange> Of(SimulatedRepository repository, SimulatedCommit commit) =>
        Between(commit.Parents.Count == 0 ? null : repository.Find(commit.Parents[0]), commit);

    public static IReadOnlyList<SimulatedChange> Between(SimulatedCommit? from, SimulatedCommit to)
    {
        var before = from?.Tree ?? to.Tree.Clear();
        var removed = before.Where(f => !to.Tree.ContainsKey(f.Key)).ToDictionary(f => f.Key, f => f.Value);
        var changes = new List<SimulatedChange>();
        foreach (var (path, blob) in to.Tree)
        {
            if (!before.TryGetValue(path, out var old))
            {
                var source = removed.FirstOrDefault(r => r.Value == blob).Key;
                changes.Add(new SimulatedChange(path, source is null ? "added" : "renamed", blob, source));
                removed.Remove(source ?? "");
            }
            else if (old != blob)
            {
                changes.Add(new SimulatedChange(path, "modified", blob));
            }
        }

        return [.. changes.Concat(removed.Select(r => new SimulatedChange(r.Key, "removed", r.Value))).OrderBy(c => c.Path, StringComparer.Ordinal)];
    }

    /// <summary>The newest commit that both histories have.</summary>
    public static SimulatedCommit? MergeBase(SimulatedRepository repository, string left, string right)
    {
        var ancestors = repository.History(left).Select(c => c.Sha).ToHashSet();
        return repository.History(right).FirstOrDefault(c => ancestors.Contains(c.Sha));
    }
}
