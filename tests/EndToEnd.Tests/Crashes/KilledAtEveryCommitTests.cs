using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Engine.Ports;
using Waybill.TestStores;

namespace Waybill.EndToEnd.Tests.Crashes;

/// <summary>
/// SIGKILL right before and right after every commit of a push's way through two stages: whatever a process leaves behind, the
/// next one ends it as if nothing had happened.
/// </summary>
public sealed class KilledAtEveryCommitTests
{
    private const int AtOnce = 4;

    [Theory]
    [InlineData("Before")]
    [InlineData("After")]
    public async Task What_a_killed_process_began_the_next_one_ends_exactly_once(string moment)
    {
        var (commits, expected) = await UninterruptedAsync();
        var deaths = new ConcurrentBag<int>();
        var wrong = new ConcurrentQueue<string>();

        await Parallel.ForEachAsync(Enumerable.Range(1, commits), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (nth, _) =>
        {
            var (died, problem) = await KilledAsync(moment, nth, expected);
            deaths.Add(died ? nth : 0);
            if (problem.Length > 0)
            {
                wrong.Enqueue(problem);
            }
        });

        Assert.DoesNotContain(wrong, w => w.Length > 0);
        Assert.InRange(deaths.Count(nth => nth > 0), 8, commits);
    }

    /// <summary>The number of commits that the whole takes, and what the audit says then.</summary>
    private static async Task<(int Commits, IReadOnlyList<string> Audit)> UninterruptedAsync()
    {
        await using var world = await TwoStagesAsync();
        CountingRowStore? store = null;
        await using var waybill = await RunningWaybill.StartAsync(world, services =>
        {
            var inner = services.Last(s => s.ServiceType == typeof(IRowStore));
            services.Remove(inner);
            services.AddSingleton<IRowStore>(provider => store = new CountingRowStore((IRowStore)inner.ImplementationFactory!(provider)));
        });

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        await waybill.VerifiedAsync("auto-staging", push.Head);
        return (store!.Commits, await AuditAsync(waybill));
    }

    private static async Task<(bool Died, string Problem)> KilledAsync(string moment, int nth, IReadOnlyList<string> expected)
    {
        try
        {
            await using var world = await TwoStagesAsync();
            await using var doomed = await DoomedWaybill.StartAsync(world, moment, nth);
            var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
            var died = await doomed.DiedAsync("auto-staging", push.Head);
            await doomed.DisposeAsync();

            // A webhook that met a dead process is lost, as GitHub does not send it again: the poll finds its commit.
            await using var waybill = await RunningWaybill.StartAsync(world);
            await waybill.VerifiedAsync("auto-dev", push.Head);
            await waybill.VerifiedAsync("auto-staging", push.Head);
            await AssertDoneOnceAsync(world, waybill, push.Head, expected);
            return (died, "");
        }
        catch (Exception error) when (error is Xunit.Sdk.XunitException or TimeoutException)
        {
            return (true, $"{moment} commit {nth}: {error.Message}");
        }
    }

    private static async Task AssertDoneOnceAsync(TestWorld world, RunningWaybill waybill, string commit, IReadOnlyList<string> expected)
    {
        foreach (var stage in new[] { "auto-dev", "auto-staging" })
        {
            Assert.Equal("Succeeded", (string?)Assert.Single(await waybill.PromotionsAsync(stage))!["phase"]);
        }

        foreach (var stack in new[] { "dev", "staging" })
        {
            var read = await world.Cluster.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>("pulumi.com", "v1", "default", "stacks", stack);
            Assert.Equal(commit, (string?)read["spec"]!["commit"]);
            Assert.Equal(commit, (string?)read["status"]!["lastUpdate"]!["lastSuccessfulCommit"]);
        }

        Assert.Equal(expected, await AuditAsync(waybill));
    }

    private static async Task<IReadOnlyList<string>> AuditAsync(RunningWaybill waybill) =>
        [.. (await waybill.AuditAsync()).Select(e => $"{e["action"]} {e["stage"]}").Order(StringComparer.Ordinal)];

    private static async Task<TestWorld> TwoStagesAsync()
    {
        var world = await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(
            Manifest.Stage("auto-dev", "dev"),
            Manifest.Stage("auto-staging", "staging", from: "auto-dev")));
        await world.CreateStackAsync("dev", $"{TestWorld.Project}:auto-dev");
        await world.CreateStackAsync("staging", $"{TestWorld.Project}:auto-staging");
        return world;
    }
}
