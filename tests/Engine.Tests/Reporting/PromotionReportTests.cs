using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;
using Waybill.Engine.Reporting;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Reporting;

public sealed class PromotionReportTests
{
    [Theory]
    [InlineData(PromotionPhase.Pending, null, StatusState.Pending, DeploymentState.Queued, "queue")]
    [InlineData(PromotionPhase.Running, null, StatusState.Pending, DeploymentState.InProgress, "on its way to dev")]
    [InlineData(PromotionPhase.Succeeded, null, StatusState.Pending, DeploymentState.InProgress, "being verified")]
    [InlineData(PromotionPhase.Succeeded, VerificationPhase.Running, StatusState.Pending, DeploymentState.InProgress, "being verified")]
    [InlineData(PromotionPhase.Succeeded, VerificationPhase.Successful, StatusState.Success, DeploymentState.Success, "verified in dev")]
    [InlineData(PromotionPhase.Succeeded, VerificationPhase.Failed, StatusState.Failure, DeploymentState.Failure, "Not verified. Why not.")]
    [InlineData(PromotionPhase.Succeeded, VerificationPhase.Inconclusive, StatusState.Failure, DeploymentState.Failure, "Not verified")]
    [InlineData(PromotionPhase.Succeeded, VerificationPhase.Error, StatusState.Error, DeploymentState.Error, "Not verified")]
    [InlineData(PromotionPhase.Failed, null, StatusState.Failure, DeploymentState.Failure, "Failed. Because of this.")]
    [InlineData(PromotionPhase.Errored, null, StatusState.Error, DeploymentState.Error, "Errored. Because of this.")]
    [InlineData(PromotionPhase.Aborted, null, StatusState.Error, DeploymentState.Inactive, "Aborted by ada")]
    public void A_phase_is_told_in_GitHubs_terms(PromotionPhase phase, VerificationPhase? verification, StatusState status, DeploymentState deployment, string description)
    {
        var report = PromotionReport.Of(Promotion(phase, verification, "Because\nof this."));

        Assert.Equal((status, deployment), (report.Status, report.Deployment));
        Assert.Contains(description, report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_is_as_short_as_GitHub_wants_it()
    {
        var report = PromotionReport.Of(Promotion(PromotionPhase.Failed, null, new string('x', 500)));

        Assert.Equal(PromotionReport.DescriptionLimit, report.Description.Length);
        Assert.EndsWith("…", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_told_is_stored_whole_and_only_of_recent_promotions()
    {
        var reports = new StageReports { Stage = "dev" };
        for (var i = 0; i <= StageReports.Limit; i++)
        {
            reports = reports.With(new ReportedPromotion(
                $"p{i}", PromotionReport.Of(Promotion(PromotionPhase.Running, null, "")), new Dictionary<string, long> { [A.Repo] = i }));
        }

        await using var world = await World.WithAsync();
        await world.Store.Begin(A.Project).Write(new Stored<StageReports>(reports, null)).CommitAsync(default);
        var read = (await world.Store.GetReportsAsync(A.Project, "dev", default)).Value;

        Assert.Equal((StageReports.Limit, null), (read.Promotions.Count, read.Find("p0")));
        Assert.Equal(reports.Find("p60")!.Told, read.Find("p60")!.Told);
        Assert.Equal(60, read.Find("p60")!.Deployments[A.Repo]);
    }

    private static Promotion Promotion(PromotionPhase phase, VerificationPhase? verification, string message)
    {
        var freight = FreightReference.To(A.Freight(new string('c', 40), "app", A.Noon));
        return new Promotion
        {
            Project = A.Project,
            Name = "dev.p",
            Stage = "dev",
            Freight = freight,
            Collection = new Dictionary<string, FreightReference> { ["app"] = freight },
            Actor = "ada",
            CreatedAt = A.Noon,
            Phase = phase,
            Message = message,
            Abort = phase is PromotionPhase.Aborted ? new AbortRequest("ada", A.Noon, "") : null,
            Verification = verification is { } judged
                ? new Verification { Phase = judged, Message = "Why not.", StartedAt = A.Noon, Deadline = A.Noon, NextCheckAt = A.Noon }
                : null,
        };
    }
}
