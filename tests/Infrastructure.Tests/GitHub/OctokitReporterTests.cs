using Waybill.Engine.Ports;
using Waybill.Infrastructure.GitHub;
using Waybill.Simulation.GitHub;

namespace Waybill.Infrastructure.Tests.GitHub;

public sealed class OctokitReporterTests : GitHubFixture
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Uri Page = new("https://waybill.example/projects/shop/promotions/dev.1");

    [Fact]
    public async Task A_status_is_set_as_it_was_said()
    {
        var sha = Repository.Commit("main", new CommitContent("One", "a")).Sha;
        using var reporter = Reporter();

        await reporter.SetStatusAsync(Name, new StatusReport(sha, "waybill/shop/dev", StatusState.Failure, "It did not work.", Page), None);

        var status = Assert.Single(Repository.Statuses);
        Assert.Equal((sha, "waybill/shop/dev", "failure", "It did not work.", Page.AbsoluteUri), (status.Sha, status.Context, status.State, status.Description, status.TargetUrl));
    }

    [Fact]
    public async Task A_deployment_is_created_found_by_its_promotion_and_updated()
    {
        var sha = Repository.Commit("main", new CommitContent("One", "a")).Sha;
        var report = new DeploymentReport(sha, "dev", "dev.1", "On its way.");
        using var reporter = Reporter();

        var number = await reporter.CreateDeploymentAsync(Name, report, None);
        var other = await reporter.CreateDeploymentAsync(Name, report with { Promotion = "dev.2" }, None);
        await reporter.UpdateDeploymentAsync(Name, number, new DeploymentUpdate(DeploymentState.InProgress, "At it.", Page), None);
        await reporter.UpdateDeploymentAsync(Name, number, new DeploymentUpdate(DeploymentState.Success, "Done.", null), None);

        Assert.Equal(number, await reporter.FindDeploymentAsync(Name, report, None));
        Assert.Equal(other, await reporter.FindDeploymentAsync(Name, report with { Promotion = "dev.2" }, None));
        Assert.Null(await reporter.FindDeploymentAsync(Name, report with { Environment = "prod" }, None));
        var deployment = Repository.Deployments.Single(d => d.Id == number);
        Assert.Equal((sha, "dev", "waybill"), (deployment.Sha, deployment.Environment, deployment.Task));
        Assert.Equal([("in_progress", Page.AbsoluteUri), ("success", null)], deployment.History.Select(h => (h.State, h.LogUrl)));
    }

    [Fact]
    public async Task What_GitHub_refuses_says_what_and_why()
    {
        using var reporter = Reporter();

        var unknown = await Assert.ThrowsAsync<GitHubException>(() =>
            reporter.SetStatusAsync(Name, new StatusReport(new string('1', 40), "waybill/shop/dev", StatusState.Pending, "", null), None));
        GitHub.RequireToken("another");
        var refused = await Assert.ThrowsAsync<GitHubException>(() => reporter.CreateDeploymentAsync(Name, new DeploymentReport("main", "dev", "dev.1", ""), None));

        Assert.Contains("Setting status waybill/shop/dev", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(GitHubErrorKind.Unauthorized, refused.Kind);
    }

    private OctokitReporter Reporter() => new(new GitHubOptions { BaseUrl = GitHub.ApiUrl.AbsoluteUri }, Time);
}
