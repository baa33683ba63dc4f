using System.Text.Json.Nodes;
using Waybill.Simulation.Cluster.Api;
using Waybill.Simulation.Cluster.Operator;

namespace Waybill.Simulation.ArgoCd.Controller;

/// <summary>What a refresh found.</summary>
internal sealed record Comparison(Target Target, IReadOnlyList<ComparedStack> Stacks)
{
    public bool IsSynced => Target.Error is null && Stacks.All(s => s.IsSynced);
}

/// <summary>
/// Compares Applications with Git and writes what it finds into their status. Live objects are compared whenever one of them
/// changes; Git is looked at only when it is due, as in the real one: that is what a refresh asks for.
/// </summary>
internal sealed class ApplicationRefresher(OperatorApi api, ManifestSource source, ArgoCdScript script, Clockwork clock)
{
    private readonly Dictionary<string, Memory> _memories = [];

    /// <summary>Refreshes if there is a reason to; null when nothing is known yet, or the plan says that the status is stale.</summary>
    public async Task<Comparison?> RefreshAsync(OperatorObject application, IReadOnlyList<OperatorObject> stacks, CancellationToken cancellationToken)
    {
        var plan = script.PlanFor(application.Name);
        if (plan.IsStale)
        {
            return null;
        }

        var seen = $"{application.Spec.ToJsonString()} {application.OperationState()?.ToJsonString()} {plan}";
        var memory = _memories.GetValueOrDefault(application.Uid);
        var isGitDue = memory is null || memory.Seen != seen || application.IsRefreshAsked() || clock.Now - memory.ReadAt >= script.PollInterval;
        var target = isGitDue ? Read(application, plan) : memory!.Target;
        var comparison = new Comparison(target, StackComparison.Compare(application, target.Stacks, stacks));
        var live = string.Join(' ', comparison.Stacks.Select(s => OperatorObject.Text(s.Live?.Metadata, "resourceVersion")));
        if (isGitDue || memory!.Live != live)
        {
            await SaveAsync(application, comparison, plan, cancellationToken);
            _memories[application.Uid] = new(isGitDue ? clock.Now : memory!.ReadAt, seen, live, target);
        }

        return comparison;
    }

    private Target Read(OperatorObject application, ApplicationPlan plan) =>
        plan.ComparisonError is { } error ? Target.Unknown(error) : source.Read(application, []);

    private async Task SaveAsync(OperatorObject application, Comparison comparison, ApplicationPlan plan, CancellationToken cancellationToken)
    {
        var sync = new JsonObject
        {
            ["status"] = comparison.Target.Error is not null ? "Unknown" : comparison.IsSynced ? "Synced" : "OutOfSync",
            ["comparedTo"] = new JsonObject { ["source"] = application.Spec["source"]?.DeepClone(), ["destination"] = application.Spec["destination"]?.DeepClone() },
        };
        sync.SetRevisions(comparison.Target.Revisions);
        var patch = application.Patch(ApplicationStatus.NoRefresh());
        patch["status"] = new JsonObject
        {
            ["sync"] = sync,
            ["health"] = new JsonObject { ["status"] = plan.Health ?? ApplicationHealthRules.Judge(comparison.Stacks, plan.IgnoresStackHealth) },
            ["conditions"] = Conditions(comparison.Target.Error),
            ["resources"] = new JsonArray([.. comparison.Stacks.Select(Describe)]),
            ["reconciledAt"] = OperatorObject.Time(clock.Now),
        };
        application.Replace((await api.PatchAsync(application, patch, cancellationToken)).Json);
    }

    private JsonArray Conditions(string? error) => error is null
        ? []
        : [new JsonObject { ["type"] = "ComparisonError", ["message"] = error, ["lastTransitionTime"] = OperatorObject.Time(clock.Now) }];

    private static JsonObject Describe(ComparedStack stack) => new()
    {
        ["group"] = ResourceKind.Stack.Group,
        ["version"] = ResourceKind.Stack.Version,
        ["kind"] = ResourceKind.Stack.Kind,
        ["namespace"] = stack.Namespace,
        ["name"] = stack.Name,
        ["status"] = stack.IsSynced ? "Synced" : "OutOfSync",
    };

    private sealed record Memory(DateTimeOffset ReadAt, string Seen, string Live, Target Target);
}
