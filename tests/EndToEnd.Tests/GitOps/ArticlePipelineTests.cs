using Waybill.EndToEnd.Tests.Drivers;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.GitOps;

/// <summary>
/// The pipeline of Pulumi's article, from a push of the program to the last environment: people open the gates, Stack manifests are
/// committed to a second repository, Argo CD applies them, the operator runs them, and Pulumi Cloud's records decide.
/// </summary>
public sealed class ArticlePipelineTests
{
    private const string NoArticle = "The article's files (shared/article) are not beside the repository.";
    private static readonly TimeSpan FromPreviewToUpdate = TimeSpan.FromSeconds(5);

    [SkippableFact]
    public async Task The_articles_files_run_from_start_to_finish_without_an_edit()
    {
        Skip.If(GitOpsPipeline.TryReadArticle() is null, NoArticle);

        await TravelAsync(GitOpsPipeline.TryReadArticle()!);
    }

    [Fact]
    public async Task The_projects_own_pipeline_of_the_same_shape_runs_from_start_to_finish() => await TravelAsync(GitOpsPipeline.Own());

    [SkippableFact]
    public async Task The_articles_pipeline_or_our_own_where_it_is_not_there_runs_on_a_real_api_server()
    {
        Skip.If(KubeApiServer.SkipReason is not null, KubeApiServer.SkipReason);
        await using var server = await KubeApiServer.TryStartAsync();

        await TravelAsync(GitOpsPipeline.TryReadArticle() ?? GitOpsPipeline.Own(), server);
    }

    private static async Task TravelAsync(GitOpsPipeline pipeline, KubeApiServer? server = null)
    {
        await using var world = await GitOpsWorld.CreateAsync(pipeline, server);
        await using var waybill = await world.StartWaybillAsync();

        var push = await world.Program.PushAsync("main", "Scan deeper", "scanner.ts");
        foreach (var (gates, deployments) in pipeline.Gates.Zip(pipeline.Deployments))
        {
            foreach (var gate in gates)
            {
                await waybill.PromoteAsync(gate, await FreightAsync(waybill));
            }

            foreach (var (_, update) in deployments)
            {
                await waybill.VerifiedAsync(update, push.Head);
            }
        }

        foreach (var stage in pipeline.Gates.SelectMany(g => g).Concat(pipeline.DeployedStages))
        {
            await AssertPromotedOnceAsync(waybill, stage);
        }

        foreach (var stage in pipeline.DeployedStages)
        {
            await AssertPulumiCloudAgreedAsync(waybill, stage);
        }

        AssertFewCalls(pipeline, world);
        AssertOnlyCommitsChanged(pipeline, world, push.Head);
        AssertUpdatesFollowPreviews(pipeline, world, push.Head);
    }

    private static async Task<string> FreightAsync(RunningWaybill waybill)
    {
        string? id = null;
        await Poll.UntilAsync("freight", RunningWaybill.Patience, async _ =>
        {
            var freight = await waybill.GetAsync($"api/projects/{waybill.Project}/freight");
            id = (string?)freight["items"]!.AsArray().FirstOrDefault()?["id"];
            return id is not null;
        });
        return id!;
    }

    private static async Task AssertPromotedOnceAsync(RunningWaybill waybill, string stage)
    {
        var promotion = Assert.Single(await waybill.PromotionsAsync(stage))!;
        Assert.Equal(("Succeeded", "Successful"), ((string?)promotion["phase"], (string?)promotion["verification"]!["phase"]));
    }

    private static async Task AssertPulumiCloudAgreedAsync(RunningWaybill waybill, string stage)
    {
        var name = (string?)(await waybill.PromotionsAsync(stage))[0]!["name"];
        var promotion = await waybill.GetAsync($"api/projects/{waybill.Project}/promotions/{name}");
        var run = Assert.Single(promotion["runs"]!.AsArray())!;
        Assert.Equal(("Confirmed", 2), ((string?)run["confirmation"], (int?)run["changes"]!["create"]));
    }

    /// <summary>Of the manifests' repository, whatever its size; gates included, which only look.</summary>
    private static void AssertFewCalls(GitOpsPipeline pipeline, GitOpsWorld world)
    {
        var calls = world.GitHub.Requests.Count(r => r.Contains($"/repos/{pipeline.Manifests}/", StringComparison.Ordinal));
        Assert.InRange(calls, 1, 8 * (pipeline.DeployedStages.Count() + pipeline.Gates.Sum(g => g.Count)));
    }

    /// <summary>One commit a promotion, naming it, and of each file nothing but the commit's hash.</summary>
    private static void AssertOnlyCommitsChanged(GitOpsPipeline pipeline, GitOpsWorld world, string promoted)
    {
        var history = world.StackManifests.History(world.StackManifests.HeadOf("main")!);
        Assert.Equal(pipeline.DeployedStages.Count() + 1, history.Count);
        foreach (var stage in pipeline.DeployedStages)
        {
            var (before, after) = (pipeline.Stacks[stage], world.StackManifests.ReadText("main", GitOpsWorld.PathOf(stage)));
            Assert.Equal(before.Replace("83a110c39915d109a0d3f7612ec2390cbc9a156a", promoted, StringComparison.Ordinal), after);
            Assert.Single(history, c => c.Message.Contains($"Waybill-Promotion: {pipeline.Project}/{stage}.", StringComparison.Ordinal));
        }
    }

    /// <summary>What takes the article's setup five minutes at best.</summary>
    private static void AssertUpdatesFollowPreviews(GitOpsPipeline pipeline, GitOpsWorld world, string promoted)
    {
        foreach (var (preview, update) in pipeline.Deployments.SelectMany(d => d))
        {
            var record = world.Cloud.RecordsOf(PulumiStackOf(pipeline.Stacks[preview]))
                .Single(r => r.IsPreview && r.Environment.GetValueOrDefault("git.head") == promoted);
            var commit = world.StackManifests.History(world.StackManifests.HeadOf("main")!)
                .Single(c => c.Message.Contains($"Waybill-Promotion: {pipeline.Project}/{update}.", StringComparison.Ordinal));
            Assert.InRange(commit.At - record.EndedAt, TimeSpan.Zero, FromPreviewToUpdate);
        }
    }

    private static string PulumiStackOf(string manifest) =>
        manifest.Split('\n').Select(l => l.Trim()).Single(l => l.StartsWith("stack: ", StringComparison.Ordinal))["stack: ".Length..];
}
