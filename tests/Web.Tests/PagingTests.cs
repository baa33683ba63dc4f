using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class PagingTests
{
    [Theory]
    [InlineData("freight", "id", 1)]
    [InlineData("freight", "id", 3)]
    [InlineData("freight", "id", 100)]
    [InlineData("promotions", "name", 1)]
    [InlineData("promotions", "name", 4)]
    [InlineData("audit", "id", 5)]
    public async Task Pages_joined_are_the_whole_list(string list, string key, int limit)
    {
        await using var world = await WebWorld.StartAsync();
        for (var i = 0; i < 7; i++)
        {
            await world.TravelAsync($"Change {i}");
        }

        var whole = (await world.Client.GetJsonAsync($"/api/projects/shop/{list}?limit=100"))["items"]!.AsArray().Select(i => (string?)i![key]).ToList();
        List<string?> joined = [];
        string? next = "";
        while (next is not null)
        {
            var page = await world.Client.GetJsonAsync($"/api/projects/shop/{list}?limit={limit}&continue={next}");
            joined.AddRange(page["items"]!.AsArray().Select(i => (string?)i![key]));
            next = (string?)page["continue"];
        }

        Assert.True(whole.Count >= 7);
        Assert.Equal(whole, joined);
    }

    [Fact]
    public async Task What_is_added_on_top_meanwhile_moves_no_page()
    {
        await using var world = await WebWorld.StartAsync();
        var first = await world.PushAsync("Change 1");
        var second = await world.PushAsync("Change 2");

        var top = await world.Client.GetJsonAsync("/api/projects/shop/freight?limit=1");
        await world.PushAsync("Change 3");
        var rest = await world.Client.GetJsonAsync($"/api/projects/shop/freight?limit=1&continue={top["continue"]}");

        Assert.Equal(second, (string?)top["items"]![0]!["id"]);
        Assert.Equal(first, (string?)rest["items"]![0]!["id"]);
    }

    [Fact]
    public async Task Promotions_of_several_stages_come_newest_first()
    {
        await using var world = await WebWorld.StartAsync();
        await world.TravelAsync("Change 1");
        await world.TravelAsync("Change 2");

        var items = (await world.Client.GetJsonAsync("/api/projects/shop/promotions"))["items"]!.AsArray();

        Assert.Equal(4, items.Count);
        Assert.Equal(items.Select(i => (string?)i!["createdAt"]).OrderDescending(), items.Select(i => (string?)i!["createdAt"]));
    }
}
