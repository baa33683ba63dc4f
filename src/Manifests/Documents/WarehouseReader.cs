using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>Reads a Warehouse.</summary>
internal static class WarehouseReader
{
    public static Draft Read(ManifestDocument document, Cursor? spec)
    {
        if (spec?.Map() is not { } found)
        {
            return new UnreadableDraft(document);
        }

        using var fields = found;
        fields.Refuse("shard", "remove it: Waybill has no shards");
        fields.Refuse("freightCreationCriteria", "use includePaths, or freightCreationPolicy: Manual");
        var defaults = new Warehouse { Name = document.Name, Subscriptions = [] };
        return new WarehouseDraft(document, defaults with
        {
            Interval = fields.Duration("interval") ?? defaults.Interval,
            FreightCreationPolicy = fields.OneOf("freightCreationPolicy", defaults.FreightCreationPolicy),
            Subscriptions = ReadSubscriptions(fields.RequiredItems("subscriptions")),
        });
    }

    private static List<GitSubscription> ReadSubscriptions(IReadOnlyList<Cursor> items)
    {
        var subscriptions = new List<GitSubscription>();
        foreach (var item in items)
        {
            if (ReadSubscription(item) is not { } subscription)
            {
                continue;
            }

            if (subscriptions.Any(other => IsSame(other, subscription)))
            {
                item.Error("the same repository is subscribed to above: give each of the subscriptions a name of its own, beside git");
            }

            subscriptions.Add(subscription);
        }

        return subscriptions;
    }

    private static bool IsSame(GitSubscription one, GitSubscription other) => one.Name is { } name
        ? name == other.Name
        : other.Name is null && GitUrl.Normalize(one.RepoUrl) == GitUrl.Normalize(other.RepoUrl);

    private static GitSubscription? ReadSubscription(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var name = MetadataReader.ReadName(fields.Take("name"));
        var git = fields.Take("git");
        var others = fields.TakeAll();
        foreach (var (kind, other) in others)
        {
            RefuseKind(kind, other);
        }

        if (git is null && others.Count == 0)
        {
            item.Error("git is required");
        }

        return git is null ? null : GitSubscriptionReader.Read(git, name);
    }

    private static void RefuseKind(string kind, Cursor field)
    {
        if (kind is "image" or "chart" or "subscription")
        {
            field.Error($"not supported: Waybill watches Git repositories only; subscribe to the repository that the {kind} is built from");
            return;
        }

        field.Error($"unknown field{Suggestion.For(kind, ["git", "name"])}");
    }
}
