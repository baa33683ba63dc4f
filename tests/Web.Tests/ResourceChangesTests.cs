using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stacks;
using Waybill.Engine.Approvals;
using Waybill.Engine.Records;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

/// <summary>Whoever approves or looks sees what happens to resources.</summary>
public sealed class ResourceChangesTests
{
    private const string Page = "https://app.pulumi.com/acme/shop/prod/previews/0b1c";

    [Fact]
    public async Task The_approval_page_shows_what_the_preview_would_do_and_links_to_it()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await PreviewedAsync(world, Preview);
        var link = world.Get<ApprovalLinks>().For(promotion, 0, Principal.Named(WebWorld.Ada))!;

        var page = await world.Anonymous().GetPageAsync(link.Url.AbsolutePath);

        foreach (var shown in new[] { "2 to create", "1 to update", "4 to replace", "3 to delete", "7 unchanged", $"href=\"{Page}\"" })
        {
            Assert.Contains(shown, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_approval_page_shows_what_a_preview_in_the_stage_before_said_of_the_same_freight()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await world.AskForProdAsync();
        var store = world.Get<ProjectStore>();
        var brought = (await store.ListPromotionsAsync(SamplePipeline.Project, "staging", 1, null, CancellationToken.None)).Items[0];
        await RecordAsync(world, brought.Name, Preview);
        await world.TravelAsync("Newer freight");
        var newer = (await store.ListPromotionsAsync(SamplePipeline.Project, "staging", 1, null, CancellationToken.None)).Items[0];
        await RecordAsync(world, newer.Name, Preview with { Changes = new ResourceChanges(99, 0, 0, 0, 0) });
        var link = world.Get<ApprovalLinks>().For(promotion, 0, Principal.Named(WebWorld.Ada))!;

        var page = await world.Anonymous().GetPageAsync(link.Url.AbsolutePath);

        Assert.Contains("3 to delete", page, StringComparison.Ordinal);
        Assert.DoesNotContain("99 to create", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_promotion_page_and_the_API_show_it_too()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await PreviewedAsync(world, Preview);

        var page = await world.Client.GetPageAsync($"projects/{SamplePipeline.Project}/promotions/{promotion.Name}");
        var payload = (await world.Client.GetFromJsonAsync<JsonNode>(
            new Uri($"api/projects/{SamplePipeline.Project}/promotions/{promotion.Name}", UriKind.Relative)))!;

        Assert.Contains("3 to delete", page, StringComparison.Ordinal);
        var run = payload["runs"]![0]!;
        Assert.Equal((3, Page, "Confirmed"), ((int?)run["changes"]!["delete"], (string?)run["permalink"], (string?)run["confirmation"]));
    }

    [Fact]
    public async Task A_disagreement_is_in_plain_sight()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await PreviewedAsync(world, Preview with { Confirmation = RunConfirmation.Disagrees, Note = "but <Pulumi Cloud> says that it failed." });

        var page = await world.Client.GetPageAsync($"projects/{SamplePipeline.Project}/promotions/{promotion.Name}");

        Assert.Contains("Pulumi Cloud disagrees", page, StringComparison.Ordinal);
        Assert.Contains("but &lt;Pulumi Cloud&gt; says that it failed.", page, StringComparison.Ordinal);
    }

    private static StackRun Preview => new()
    {
        Stack = new StackReference("default", "apps", "shop-preview"),
        Type = "preview",
        Confirmation = RunConfirmation.Confirmed,
        Permalink = Page,
        Version = 6,
        Changes = new ResourceChanges(2, 1, 3, 4, 7),
    };

    private static async Task<Promotion> PreviewedAsync(WebWorld world, StackRun run)
    {
        var promotion = await world.AskForProdAsync();
        return await RecordAsync(world, promotion.Name, run);
    }

    private static async Task<Promotion> RecordAsync(WebWorld world, string promotion, StackRun run)
    {
        var store = world.Get<ProjectStore>();
        var stored = (await store.GetPromotionAsync(SamplePipeline.Project, promotion, CancellationToken.None))!;
        var previewed = stored.Value.RecordRuns([run]);
        await store.Begin(SamplePipeline.Project).Write(stored.Then(previewed)).CommitAsync(CancellationToken.None);
        return previewed;
    }
}
