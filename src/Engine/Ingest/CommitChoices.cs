using System.Diagnostics.CodeAnalysis;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Records;

namespace Waybill.Engine.Ingest;

/// <summary>Finds the one commit of each of a warehouse's subscriptions that a person's choices mean.</summary>
internal static class CommitChoices
{
    private const int ShortestHash = 7;

    /// <summary>False when they mean none, or more than one; the problem says which and what there is instead.</summary>
    public static bool TryResolve(
        Warehouse warehouse,
        WarehouseState state,
        IReadOnlyList<CommitChoice> choices,
        [NotNullWhen(true)] out IReadOnlyList<GitCommit>? commits,
        [NotNullWhen(false)] out string? problem)
    {
        (commits, problem) = (null, null);
        Dictionary<GitSubscription, GitCommit> chosen = new(ReferenceEqualityComparer.Instance);
        foreach (var choice in choices)
        {
            var watching = warehouse.Subscriptions.Where(s => Watches(s, choice)).ToList();
            var found = watching.Select(s => (Subscription: s, Commit: Find(state.Of(s), choice.Id))).Where(f => f.Commit is not null).ToList();
            problem = (watching, found) switch
            {
                ([], _) => $"Warehouse {warehouse.Name} has no subscription {Name(choice)}. It watches {string.Join(", ", warehouse.Subscriptions.Select(s => s.RepoUrl))}.",
                (_, []) => $"Commit {choice.Id} of {choice.RepoUrl} was not discovered. {Known(watching, state)}",
                (_, [_, _, ..]) => $"Several subscriptions discovered {choice.Id} of {choice.RepoUrl}; say which with subscription.",
                _ when !chosen.TryAdd(found[0].Subscription, found[0].Commit!) => $"Two commits of {choice.RepoUrl} are chosen for one subscription; leave one out.",
                _ => null,
            };
            if (problem is not null)
            {
                return false;
            }
        }

        commits = [.. warehouse.Subscriptions.Select(s => chosen.GetValueOrDefault(s) ?? state.Of(s).Commit).OfType<GitCommit>()];
        if (commits.Count < warehouse.Subscriptions.Count)
        {
            var missing = warehouse.Subscriptions.First(s => !chosen.ContainsKey(s) && state.Of(s).Commit is null);
            problem = $"No commit of {missing.RepoUrl} was discovered yet, and freight holds one of each subscription. Push one, or wait for the warehouse's interval.";
            return false;
        }

        return true;
    }

    private static bool Watches(GitSubscription subscription, CommitChoice choice) =>
        GitUrl.SameRepository(subscription.RepoUrl, choice.RepoUrl) && (string.IsNullOrEmpty(choice.Subscription) || subscription.Name == choice.Subscription);

    private static GitCommit? Find(SubscriptionState state, string id) =>
        Known(state).FirstOrDefault(c => c.Id.Equals(id, StringComparison.OrdinalIgnoreCase) || c.Tag == id)
        ?? (id.Length >= ShortestHash ? Known(state).FirstOrDefault(c => c.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase)) : null);

    private static IEnumerable<GitCommit> Known(SubscriptionState state) =>
        state.Discovered.Concat(state.Commit is { } newest ? [newest] : []);

    private static string Name(CommitChoice choice) =>
        string.IsNullOrEmpty(choice.Subscription) ? $"to {choice.RepoUrl}" : $"{choice.Subscription} to {choice.RepoUrl}";

    private static string Known(IEnumerable<GitSubscription> subscriptions, WarehouseState state)
    {
        var known = subscriptions.SelectMany(s => Known(state.Of(s))).Select(c => c.Tag ?? c.ShortId).Distinct().ToList();
        return known.Count == 0 ? "None was yet." : $"Those that were: {string.Join(", ", known)}.";
    }
}
