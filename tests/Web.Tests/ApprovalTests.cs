using System.Net;
using Waybill.Domain.Promotions;
using Waybill.Engine.Approvals;
using Waybill.Engine.Records;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class ApprovalTests
{
    [Fact]
    public async Task Looking_shows_what_is_to_be_decided_and_decides_nothing()
    {
        await using var world = await WebWorld.StartAsync();
        using var anybody = world.Anonymous();
        var promotion = await world.AskForProdAsync("Change <the> price");

        var page = await anybody.GetPageAsync(Link(world, promotion, WebWorld.Ada));

        Assert.Contains("Change &lt;the&gt; price", page, StringComparison.Ordinal);
        Assert.Contains("Grace Hopper", page, StringComparison.Ordinal);
        Assert.Contains("You decide as <strong>ada@example.com</strong>", page, StringComparison.Ordinal);
        Assert.Contains("2026-03-01 13:00:10 UTC", page, StringComparison.Ordinal);
        Assert.Empty((await GateAsync(world, promotion)).Responses);
    }

    [Fact]
    public async Task Two_people_approve_by_their_links_and_the_promotion_goes_on()
    {
        await using var world = await WebWorld.StartAsync();
        using var anybody = world.Anonymous();
        var promotion = await world.AskForProdAsync();

        using var first = await anybody.PostFormAsync(Link(world, promotion, WebWorld.Ada), ("decision", "approve"), ("reason", "looks <i>good</i>"));
        await world.SettleAsync();
        var between = await anybody.GetPageAsync(Link(world, promotion, WebWorld.Bob));
        using var second = await anybody.PostFormAsync(Link(world, promotion, WebWorld.Bob), ("decision", "approve"));
        await world.SettleAsync();

        Assert.Contains("1 of 2 approvals", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("looks &lt;i&gt;good&lt;/i&gt;", between, StringComparison.Ordinal);
        Assert.Contains("You approved it", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var after = await world.Get<ProjectStore>().GetPromotionAsync("shop", promotion.Name, CancellationToken.None);
        Assert.Equal(PromotionPhase.Succeeded, after!.Value.Phase);
    }

    [Fact]
    public async Task A_rejection_ends_the_promotion_and_tells_the_others()
    {
        await using var world = await WebWorld.StartAsync();
        using var anybody = world.Anonymous();
        var promotion = await world.AskForProdAsync();

        using var rejected = await anybody.PostFormAsync(Link(world, promotion, WebWorld.Ada), ("decision", "reject"), ("reason", "not on a Friday"));
        await world.SettleAsync();

        Assert.Contains("You rejected it", await rejected.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var late = await anybody.GetPageAsync(Link(world, promotion, WebWorld.Bob), HttpStatusCode.Conflict);
        Assert.Contains("It is decided already", late, StringComparison.Ordinal);
        Assert.Contains("not on a Friday", late, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_decides_once()
    {
        await using var world = await WebWorld.StartAsync();
        using var anybody = world.Anonymous();
        var promotion = await world.AskForProdAsync();
        var link = Link(world, promotion, WebWorld.Ada);
        using var first = await anybody.PostFormAsync(link, ("decision", "approve"));

        using var again = await anybody.PostFormAsync(link, ("decision", "reject"));

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("You have decided already", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(ApprovalDecision.Approve, Assert.Single((await GateAsync(world, promotion)).Responses).Decision);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b")]
    [InlineData("%01.%01")]
    public async Task What_we_did_not_sign_is_not_genuine(string token)
    {
        await using var world = await WebWorld.StartAsync();
        using var anybody = world.Anonymous();

        var page = await anybody.GetPageAsync($"/approvals/{token}", HttpStatusCode.Forbidden);
        using var posted = await anybody.PostFormAsync($"/approvals/{token}", ("decision", "approve"));

        Assert.Contains("This link is not genuine", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
        Assert.Equal(0, world.Counts.RoundTrips);
    }

    [Fact]
    public async Task A_link_that_is_too_late_is_gone()
    {
        await using var world = await WebWorld.StartAsync();
        using var anybody = world.Anonymous();
        var promotion = await world.AskForProdAsync();
        var link = Link(world, promotion, WebWorld.Ada);
        world.Time.Advance(TimeSpan.FromHours(1));

        var page = await anybody.GetPageAsync(link, HttpStatusCode.Gone);

        Assert.Contains("The time to decide is over", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_a_promotion_that_is_not_there_says_so()
    {
        await using var world = await WebWorld.StartAsync();
        using var anybody = world.Anonymous();
        var token = world.Get<ApprovalTokenSigner>().Sign(new ApprovalToken("shop", "prod.01kafqe2w00000000000000000.abcdefg", 0, WebWorld.Ada, [], DateTimeOffset.MaxValue));

        var page = await anybody.GetPageAsync($"/approvals/{token}", HttpStatusCode.NotFound);

        Assert.Contains("There is nothing to decide here", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    public async Task A_decision_is_approve_or_reject(string decision)
    {
        await using var world = await WebWorld.StartAsync();
        using var anybody = world.Anonymous();
        var promotion = await world.AskForProdAsync();

        using var response = await anybody.PostFormAsync(Link(world, promotion, WebWorld.Ada), ("decision", decision));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty((await GateAsync(world, promotion)).Responses);
    }

    [Fact]
    public async Task Programs_get_JSON()
    {
        await using var world = await WebWorld.StartAsync();
        using var anybody = world.Anonymous();
        anybody.DefaultRequestHeaders.Add("Accept", "application/json");
        var promotion = await world.AskForProdAsync();

        var asked = await anybody.GetJsonAsync(Link(world, promotion, WebWorld.Ada));
        using var refused = await anybody.GetAsync(new Uri("/approvals/nonsense", UriKind.Relative));

        Assert.Equal((WebWorld.Ada, 2), ((string?)asked["approver"], (int?)asked["gate"]!["minApprovals"]));
        await refused.ProblemAsync(HttpStatusCode.Forbidden, "approval-not-genuine");
    }

    private static string Link(WebWorld world, Promotion promotion, string person) =>
        world.Get<ApprovalLinks>().For(promotion, 0, Principal.Named(person))!.Url.AbsolutePath;

    private static async Task<ApprovalGate> GateAsync(WebWorld world, Promotion promotion) =>
        (await world.Get<ProjectStore>().GetPromotionAsync("shop", promotion.Name, CancellationToken.None))!.Value.StepStates[0].Approval!;
}
