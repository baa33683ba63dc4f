using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Records;

namespace Waybill.Web.Api;

/// <summary>A warehouse and what it discovered.</summary>
internal sealed record WarehousePayload(
    string Name, FreightCreationPolicy FreightCreationPolicy, string? LatestFreight, string? Problem, IReadOnlyList<SubscriptionPayload> Subscriptions)
{
    public static WarehousePayload Of(Warehouse warehouse, WarehouseState state) => new(
        warehouse.Name,
        warehouse.FreightCreationPolicy,
        state.LatestFreight,
        state.Problem,
        [.. warehouse.Subscriptions.Select(s => SubscriptionPayload.Of(s, state.Of(s)))]);
}

/// <summary>A repository that is watched.</summary>
/// <param name="RepoURL">As the manifest spells it.</param>
/// <param name="Name">The subscription's name, when it has one.</param>
/// <param name="Newest">The commit that freight holds unless another is chosen; absent before one was found.</param>
/// <param name="Commits">Those that a person can choose, the one found last first.</param>
internal sealed record SubscriptionPayload(string RepoURL, string? Name, GitCommit? Newest, IReadOnlyList<GitCommit> Commits)
{
    public static SubscriptionPayload Of(GitSubscription subscription, SubscriptionState state) =>
        new(subscription.RepoUrl, subscription.Name, state.Commit, state.Discovered);
}
