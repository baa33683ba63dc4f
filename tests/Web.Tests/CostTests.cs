using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

/// <summary>What lists and pages cost, after a little history and after 10,000 of everything.</summary>
public sealed class CostTests(CostTests.ShortHistory few, CostTests.LongHistory many) : IClassFixture<CostTests.ShortHistory>, IClassFixture<CostTests.LongHistory>
{
    public static TheoryData<string, int> Lists => new()
    {
        { "/api/projects", 0 },
        { "/api/projects/shop/freight", 2 },
        { "/api/projects/shop/freight?stage=prod", 1 },
        { "/api/projects/shop/stages", 3 },
        { "/api/projects/shop/stages/prod", 2 },
        { "/api/projects/shop/promotions", 4 },
        { "/api/projects/shop/promotions?stage=dev", 1 },
        { "/api/projects/shop/audit", 1 },
        { "/projects/shop", 3 },
        { "/projects/shop/stages/dev", 3 },
        { "/projects/shop/audit", 1 },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Round_trips_do_not_grow_with_history(string path, int roundTrips)
    {
        Assert.Equal((roundTrips, roundTrips), (await CountAsync(few.World, path), await CountAsync(many.World, path)));
    }

    [Theory]
    [InlineData("freight", LongHistory.Length)]
    [InlineData("promotions?stage=dev", LongHistory.Length)]
    [InlineData("audit", LongHistory.Length)]
    public async Task The_oldest_page_costs_what_the_newest_does(string list, int length)
    {
        var path = $"/api/projects/shop/{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100";
        var first = await CountAsync(many.World, path);

        var (seen, highest) = (0, 0);
        for (string? next = ""; next is not null;)
        {
            many.World.Counts.Reset();
            var page = await many.World.Client.GetJsonAsync(next.Length == 0 ? path : $"{path}&continue={Uri.EscapeDataString(next)}");
            seen += page["items"]!.AsArray().Count;
            highest = Math.Max(highest, many.World.Counts.RoundTrips);
            next = (string?)page["continue"];
        }

        Assert.Equal((length, first), (seen, highest));
    }

    [Fact]
    public async Task A_promotion_that_runs_costs_the_dashboard_one_more()
    {
        await using var world = await WebWorld.StartAsync();
        await world.AskForProdAsync();

        Assert.Equal(4, await CountAsync(world, "/projects/shop"));
    }

    private static async Task<int> CountAsync(WebWorld world, string path)
    {
        world.Counts.Reset();

        using var response = await world.Client.GetAsync(new Uri(path, UriKind.Relative));

        response.EnsureSuccessStatusCode();
        return world.Counts.RoundTrips;
    }

    public sealed class ShortHistory() : History(3);

    public sealed class LongHistory() : History(Length)
    {
        public const int Length = 10_000;
    }
}
