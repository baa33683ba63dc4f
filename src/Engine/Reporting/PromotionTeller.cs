using Waybill.Domain;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Engine.Approvals;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Reporting;

/// <summary>
/// Brings GitHub up to date about a promotion: for each of its commits one status, and one deployment with its history. What was told
/// before is not told again. A deployment's number is stored; only where that failed is GitHub asked for it.
/// </summary>
public sealed class PromotionTeller(ProjectStore store, IGitHubReporter gitHub, ReportingOptions options, ApprovalOptions addresses)
{
    public async Task TellAsync(PromotionKey key, CancellationToken cancellationToken)
    {
        if (!options.IsOn || await store.GetPromotionAsync(key.Project, key.Name, cancellationToken) is not { Value: var promotion })
        {
            return;
        }

        var report = PromotionReport.Of(promotion);
        var reports = await store.GetReportsAsync(key.Project, promotion.Stage, cancellationToken);
        var known = reports.Value.Find(promotion.Name);
        if (known?.Told == report)
        {
            return;
        }

        if (known is null)
        {
            // Whoever finds this entry without a number knows that there may be a deployment.
            reports = await StoreAsync(key.Project, reports, new ReportedPromotion(promotion.Name, null, new Dictionary<string, long>()), cancellationToken);
        }

        var deployments = known?.Deployments ?? new Dictionary<string, long>();
        foreach (var commit in promotion.Freight.Commits)
        {
            if (RepositoryName.TryParse(commit.RepoUrl, out var repository))
            {
                deployments = await TellAsync(repository, commit, promotion, report, known is null, deployments, cancellationToken);
            }
        }

        await StoreAsync(key.Project, reports, new ReportedPromotion(promotion.Name, report, deployments), cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, long>> TellAsync(
        RepositoryName repository,
        GitCommit commit,
        Promotion promotion,
        PromotionReport report,
        bool isFirst,
        IReadOnlyDictionary<string, long> deployments,
        CancellationToken cancellationToken)
    {
        var target = addresses.PublicUrl is { } address
            ? new Uri(address, $"projects/{Uri.EscapeDataString(promotion.Project)}/promotions/{Uri.EscapeDataString(promotion.Name)}")
            : null;
        if (options.Statuses)
        {
            var status = new StatusReport(commit.Id, $"waybill/{promotion.Project}/{promotion.Stage}", report.Status, report.Description, target);
            await gitHub.SetStatusAsync(repository, status, cancellationToken);
        }

        if (!options.Deployments)
        {
            return deployments;
        }

        if (!deployments.TryGetValue(commit.RepoUrl, out var number))
        {
            var deployment = new DeploymentReport(commit.Id, promotion.Stage, promotion.Name, report.Description);
            var existing = isFirst ? null : await gitHub.FindDeploymentAsync(repository, deployment, cancellationToken);
            number = existing ?? await gitHub.CreateDeploymentAsync(repository, deployment, cancellationToken);
            if (existing is null && report.Deployment is DeploymentState.Queued)
            {
                return deployments.With(commit.RepoUrl, number);
            }
        }

        await gitHub.UpdateDeploymentAsync(repository, number, new DeploymentUpdate(report.Deployment, report.Description, target), cancellationToken);
        return deployments.With(commit.RepoUrl, number);
    }

    private async Task<Stored<StageReports>> StoreAsync(
        string project, Stored<StageReports> reports, ReportedPromotion promotion, CancellationToken cancellationToken)
    {
        var after = reports.Then(reports.Value.With(promotion));
        return (await store.Begin(project).Write(after).CommitAsync(cancellationToken)).Of(after.Value);
    }
}
