using System.Text.Json.Nodes;
using k8s;

namespace Waybill.Simulation.Cluster;

/// <summary>A Stack to create for a demo or a test.</summary>
/// <param name="Name">Its name: at most 42 characters.</param>
/// <param name="PulumiStack">The Pulumi stack: <c>organization/project/stack</c>.</param>
/// <param name="Repository">The program's repository.</param>
public sealed record SimulatedStack(string Name, string PulumiStack, string Repository)
{
    public string Namespace { get; init; } = "default";

    /// <summary>The stages that may patch it: <c>project:stage[,project:stage]</c>; null for none.</summary>
    public string? AuthorizedStages { get; init; }

    /// <summary>The commit to begin with; without one it follows <see cref="Branch"/>.</summary>
    public string? Commit { get; init; }

    public string Branch { get; init; } = "main";

    /// <summary>Whether it only ever previews.</summary>
    public bool Preview { get; init; }

    /// <summary>Creates it in a cluster.</summary>
    public Task CreateAsync(IKubernetes client, CancellationToken cancellationToken = default)
    {
        var spec = new JsonObject { ["stack"] = PulumiStack, ["projectRepo"] = Repository };
        spec[Commit is null ? "branch" : "commit"] = Commit ?? Branch;
        if (Preview)
        {
            spec["preview"] = true;
        }

        var stack = new JsonObject
        {
            ["apiVersion"] = "pulumi.com/v1",
            ["kind"] = "Stack",
            ["metadata"] = new JsonObject
            {
                ["name"] = Name,
                ["namespace"] = Namespace,
                ["annotations"] = AuthorizedStages is null ? [] : new JsonObject { ["waybill.dev/authorized-stage"] = AuthorizedStages },
            },
            ["spec"] = spec,
        };
        return client.CustomObjects.CreateNamespacedCustomObjectAsync<JsonObject>(
            stack, "pulumi.com", "v1", Namespace, "stacks", cancellationToken: cancellationToken);
    }
}
