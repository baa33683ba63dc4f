using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps.Git;

/// <summary>What the steps about pull requests have in common.</summary>
internal static class PullRequests
{
    /// <summary>People take days over a pull request.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromDays(2);

    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(10);

    /// <exception cref="StepConfigException">It is not the number of a pull request.</exception>
    public static int Number(this JsonObject config) => config.Text("prNumber") is { } text && int.TryParse(text, out var number) && number > 0
        ? number
        : throw new StepConfigException($"config.prNumber is \"{config.Text("prNumber")}\", which is not the number of a pull request.");

    /// <summary>Looks again later; a webhook finds by the memory who waits for its pull request.</summary>
    public static StepResult WaitFor(this StepContext context, PullRequest request, string message, TimeSpan poll) =>
        StepResult.Waiting(message, Memory(context.Config.Repository(), request.Number)) with
        {
            NextCheckAt = context.Now + (context.Config.Duration("pollInterval") is { } asked ? (asked > ShortestPoll ? asked : ShortestPoll) : poll),
        };

    public static JsonObject Memory(RepositoryName repository, int number) => new() { ["pullRequest"] = $"{repository.Host}/{repository}#{number}" };

    public static JsonObject Output(PullRequest request)
    {
        var output = new JsonObject
        {
            ["pr"] = new JsonObject { ["id"] = request.Number, ["url"] = request.Url, ["open"] = request.IsOpen, ["merged"] = request.IsMerged },
        };
        if (request.MergeCommit is { } commit)
        {
            output["commit"] = commit;
        }

        return output;
    }
}
