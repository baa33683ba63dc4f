using System.Net;
using Microsoft.AspNetCore.Http;
using Waybill.Web.Routing;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class RouteTableTests
{
    public static TheoryData<string> Protected => [.. RouteTable.All.Concat(RouteTable.Demo).Where(r => r.Access is not RouteAccess.Anonymous).Select(r => r.Name)];

    public static TheoryData<string> Changing => [.. RouteTable.All.Concat(RouteTable.Demo).Where(r => r.Access is RouteAccess.Promoter).Select(r => r.Name)];

    [Fact]
    public void No_name_and_no_method_with_pattern_is_there_twice()
    {
        var routes = RouteTable.All.Concat(RouteTable.Demo).ToList();

        Assert.Distinct(routes.Select(r => r.Name));
        Assert.Distinct(routes.Select(r => $"{r.Method} {r.Pattern}"));
    }

    [Fact]
    public void Whatever_changes_something_asks_for_more_than_looking_does()
    {
        var unsafeRoutes = RouteTable.All.Concat(RouteTable.Demo).Where(r => !r.IsSafe);

        string[] ownProof = ["GitHubWebhook", "PulumiWebhook", "DecideApproval"];
        Assert.All(unsafeRoutes, r => Assert.Equal(ownProof.Contains(r.Name) ? RouteAccess.Anonymous : RouteAccess.Promoter, r.Access));
    }

    [Theory]
    [MemberData(nameof(Protected))]
    public async Task Nobody_gets_in_without_being_signed_in(string name)
    {
        await using var world = await WebWorld.StartAsync(demo: new ListedDemo());
        using var client = world.Anonymous();

        using var response = await client.SendAsync(Request(RouteTable.Named(name)));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(0, world.Counts.RoundTrips);
    }

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task Who_may_only_look_changes_nothing(string name)
    {
        await using var world = await WebWorld.StartAsync(demo: new ListedDemo());
        using var request = Request(RouteTable.Named(name));
        request.Headers.Add(HeaderViewer.MayLook, "1");

        using var response = await world.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, world.Counts.RoundTrips);
    }

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task Other_sites_change_nothing(string name)
    {
        await using var world = await WebWorld.StartAsync(demo: new ListedDemo());
        using var request = Request(RouteTable.Named(name));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await world.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, world.Counts.RoundTrips);
    }

    private static HttpRequestMessage Request(WaybillRoute route)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(route.Pattern, @"\{\w+\}", "x");
        return new HttpRequestMessage(new HttpMethod(route.Method), path)
        {
            Content = HttpMethods.IsPost(route.Method) ? new StringContent("") : null,
        };
    }
}
