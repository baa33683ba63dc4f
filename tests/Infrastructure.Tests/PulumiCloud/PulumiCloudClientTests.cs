using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Domain.PulumiCloud;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.PulumiCloud;
using Waybill.Simulation.PulumiCloud;

namespace Waybill.Infrastructure.Tests.PulumiCloud;

/// <summary>The client against the simulated Pulumi Cloud, on good days and bad ones.</summary>
public sealed class PulumiCloudClientTests : IAsyncLifetime
{
    private static readonly PulumiStackName Stack = new("acme", "shop", "dev");
    private static readonly string Commit = new('c', 40);

    private readonly List<ServiceProvider> _providers = [];
    private SimulatedPulumiCloud _cloud = null!;

    public async Task InitializeAsync()
    {
        _cloud = await SimulatedPulumiCloud.StartAsync();
        _cloud.Add(Stack.ToString(), Record("u-1", "update"));
        _cloud.Add(Stack.ToString(), Record("p-1", "Pupdate"));
        _cloud.Add(Stack.ToString(), Record("p-2", "Pupdate") with { Result = "failed" });
    }

    public async Task DisposeAsync()
    {
        foreach (var provider in _providers)
        {
            await provider.DisposeAsync();
        }

        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task An_update_comes_as_it_was_recorded_for_one_request()
    {
        var run = await Client().GetRunAsync(new RunPermalink(Stack, 1, null), default);

        Assert.Equal(("update", "succeeded", 1, "u-1", Commit, "because"), (run.Kind, run.Result, run.Version, run.Id, run.Commit, run.Message));
        Assert.Equal((Moment(1), Moment(2)), (run.StartedAt, run.EndedAt));
        Assert.Equal(new ResourceChanges(2, 0, 1, 0, 5), run.Changes);
        Assert.Equal(["GET /api/stacks/acme/shop/dev/updates/1"], _cloud.Requests);
    }

    [Fact]
    public async Task A_preview_comes_by_its_id()
    {
        var run = await Client().GetRunAsync(new RunPermalink(Stack, null, "p-2"), default);

        Assert.Equal(("Pupdate", "failed", "p-2"), (run.Kind, run.Result, run.Id));
    }

    [Fact]
    public async Task A_run_under_way_has_no_end()
    {
        _cloud.Change(Stack.ToString(), "u-1", r => r with { Result = "in-progress" });

        Assert.Null((await Client().GetRunAsync(new RunPermalink(Stack, 1, null), default)).EndedAt);
    }

    [Fact]
    public async Task Lists_are_newest_first_with_ids_and_no_longer_than_wanted()
    {
        _cloud.Add(Stack.ToString(), Record("u-2", "update"));
        _cloud.Add(Stack.ToString(), Record("p-3", "Pupdate"));
        _cloud.Add(Stack.ToString(), Record("p-4", "Pupdate"));
        var client = Client();

        Assert.Equal(["u-2", "u-1"], (await client.ListRunsAsync(Stack, previews: false, 20, default)).Select(r => r.Id));
        Assert.Equal(["p-4", "p-3"], (await client.ListRunsAsync(Stack, previews: true, 20, default)).Select(r => r.Id));
        Assert.Equal(["u-2"], (await client.ListRunsAsync(Stack, previews: false, 1, default)).Select(r => r.Id));
    }

    [Fact]
    public async Task An_organization_may_have_a_token_of_its_own()
    {
        var own = Client(new() { ["PulumiCloud:Token"] = "", ["PulumiCloud:Tokens:acme"] = _cloud.Token });

        Assert.Equal((true, true, false), (own.IsConfigured, own.CanAsk("acme"), own.CanAsk("other")));
        Assert.Equal("u-1", (await own.GetRunAsync(new RunPermalink(Stack, 1, null), default)).Id);
    }

    [Fact]
    public void Without_a_token_there_is_nobody_to_ask() =>
        Assert.Equal((false, false), (Client(new() { ["PulumiCloud:Token"] = "" }).IsConfigured, Client(new() { ["PulumiCloud:Token"] = null }).CanAsk("acme")));

    public static TheoryData<CloudFault, PulumiCloudErrorKind, string> BadDays => new()
    {
        { CloudFault.Status(401), PulumiCloudErrorKind.Unauthorized, "PulumiCloud:Token" },
        { CloudFault.Status(403), PulumiCloudErrorKind.Unauthorized, "PulumiCloud:Token" },
        { CloudFault.Status(404), PulumiCloudErrorKind.NotFound, "may read the stack" },
        { CloudFault.TooManyRequests(), PulumiCloudErrorKind.RateLimited, "429" },
        { CloudFault.Status(500), PulumiCloudErrorKind.Unavailable, "status.pulumi.com" },
        { CloudFault.Status(503), PulumiCloudErrorKind.Unavailable, "status.pulumi.com" },
        { CloudFault.Status(418), PulumiCloudErrorKind.Unreadable, "418" },
        { new CloudFault.Hang(), PulumiCloudErrorKind.Unavailable, "no answer within 1 s (PulumiCloud:Timeout)" },
        { new CloudFault.Drop(), PulumiCloudErrorKind.Unavailable, "no connection to" },
        { new CloudFault.WebPage(), PulumiCloudErrorKind.Unavailable, "did not answer with Pulumi Cloud's JSON" },
        { new CloudFault.Large(10 * 1024 * 1024), PulumiCloudErrorKind.Unreadable, "larger than 2 MiB" },
        { new CloudFault.Redirect(new Uri("http://169.254.169.254/")), PulumiCloudErrorKind.Unreadable, "not followed" },
    };

    [Theory]
    [MemberData(nameof(BadDays))]
    public async Task Trouble_has_its_kind_names_the_run_and_the_remedy_and_never_the_token(CloudFault fault, PulumiCloudErrorKind kind, string remedy)
    {
        _cloud.Faults.Add(fault);

        var error = await Assert.ThrowsAsync<PulumiCloudException>(() => Client().GetRunAsync(new RunPermalink(Stack, 1, null), default));

        Assert.Equal(kind, error.Kind);
        Assert.StartsWith("acme/shop/dev, update 1: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_cloud.Token, error.ToString(), StringComparison.Ordinal);
        Assert.Single(_cloud.Requests);
    }

    [Fact]
    public async Task How_long_to_wait_is_handed_on()
    {
        _cloud.Faults.Add(CloudFault.TooManyRequests(TimeSpan.FromSeconds(33)));

        var error = await Assert.ThrowsAsync<PulumiCloudException>(() => Client().ListRunsAsync(Stack, previews: false, 5, default));

        Assert.Equal((TimeSpan.FromSeconds(33), true), (error.RetryAfter, error.IsTransient));
    }

    [Fact]
    public async Task A_token_that_was_taken_back_is_said_to_be_refused()
    {
        var client = Client();
        _cloud.RevokeTokens();

        var error = await Assert.ThrowsAsync<PulumiCloudException>(() => client.GetRunAsync(new RunPermalink(Stack, 1, null), default));

        Assert.Equal((PulumiCloudErrorKind.Unauthorized, false), (error.Kind, error.IsTransient));
    }

    [Fact]
    public async Task Whoever_gives_up_is_not_told_that_Pulumi_Cloud_is_late()
    {
        _cloud.Faults.Add(new CloudFault.Hang());
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client().GetRunAsync(new RunPermalink(Stack, 1, null), impatience.Token));
    }

    private static CloudRecord Record(string id, string kind) => new()
    {
        Id = id,
        Kind = kind,
        StartedAt = Moment(1),
        EndedAt = Moment(2),
        Message = "because",
        Environment = new Dictionary<string, string> { ["git.head"] = Commit },
        ResourceChanges = new Dictionary<string, int> { ["create"] = 2, ["delete"] = 1, ["same"] = 5 },
    };

    private static DateTimeOffset Moment(int minute) => new(2026, 8, 1, 12, minute, 0, TimeSpan.Zero);

    private IPulumiCloudClient Client(Dictionary<string, string?>? more = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["PulumiCloud:BaseUrl"] = _cloud.ApiUrl.ToString(),
            ["PulumiCloud:Token"] = _cloud.Token,
            ["PulumiCloud:Timeout"] = "00:00:01",
        };
        foreach (var (key, value) in more ?? [])
        {
            settings[key] = value;
        }

        var provider = new ServiceCollection()
            .AddWaybillPulumiCloud(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _providers.Add(provider);
        return provider.GetRequiredService<IPulumiCloudClient>();
    }
}
