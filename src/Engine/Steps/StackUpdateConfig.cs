using System.Text.Json.Nodes;
using Waybill.Domain.Stacks;

namespace Waybill.Engine.Steps;

/// <summary>The configuration of <c>pulumi-stack-update</c>.</summary>
/// <param name="Stacks">Which Stacks, at least one.</param>
/// <param name="Commit">The full hash to deploy.</param>
/// <param name="Preview">What the Stacks must be set to do; null takes them as they are.</param>
/// <param name="Timeout">How long all of it may take.</param>
/// <param name="FailFast">Whether the first failed run ends the step, though the operator would try again.</param>
/// <param name="StalledGracePeriod">How long a Stack may be stalled for a reason that may pass.</param>
internal sealed record StackUpdateConfig(
    IReadOnlyList<StackReference> Stacks, string Commit, bool? Preview, TimeSpan? Timeout, bool FailFast, TimeSpan StalledGracePeriod)
{
    private const string DefaultCluster = "default";

    public static StackUpdateConfig Read(JsonObject config)
    {
        var listed = config.Objects("stacks");
        IReadOnlyList<JsonObject> stacks = listed.Count == 0 && config.ContainsKey("name") ? [config] : listed;
        if (stacks.Count == 0)
        {
            throw new StepConfigException("config.stacks is missing or empty.");
        }

        return new StackUpdateConfig(
            [.. stacks.Select(ReadReference).Distinct()],
            ReadCommit(config),
            config.ContainsKey("preview") ? config.Flag("preview") : null,
            config.Duration("timeout"),
            config.Flag("failFast"),
            config.Duration("stalledGracePeriod") ?? TimeSpan.FromMinutes(2));
    }

    private static StackReference ReadReference(JsonObject stack) =>
        new(stack.Text("cluster") ?? DefaultCluster, stack.RequiredText("namespace"), stack.RequiredText("name"));

    // The operator looks a short hash up as the name of a ref and stalls: better said here, before anything is patched.
    private static string ReadCommit(JsonObject config)
    {
        var commit = config.RequiredText("commit").ToLowerInvariant();
        return commit.Length is 40 or 64 && commit.All(char.IsAsciiHexDigitLower)
            ? commit
            : throw new StepConfigException($"config.commit is \"{commit}\", which is not a full commit hash; use ${{{{ commitFrom(\"…\").ID }}}}.");
    }
}
