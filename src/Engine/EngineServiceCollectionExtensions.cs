using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waybill.Engine.Analysis;
using Waybill.Engine.Approvals;
using Waybill.Engine.Auditing;
using Waybill.Engine.AutoPromotion;
using Waybill.Engine.Discovery;
using Waybill.Engine.GitOps;
using Waybill.Engine.Health;
using Waybill.Engine.Housekeeping;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.PulumiCloud;
using Waybill.Engine.Records;
using Waybill.Engine.Reporting;
using Waybill.Engine.Steps;
using Waybill.Engine.Steps.ArgoCd;
using Waybill.Engine.Steps.Files;
using Waybill.Engine.Steps.Git;
using Waybill.Engine.Sweeping;
using Waybill.Engine.WorkTrees;
using Waybill.Expressions;

namespace Waybill.Engine;

public static class EngineServiceCollectionExtensions
{
    /// <summary>
    /// Adds every use case. The head adds the ports: <see cref="IRowStore"/>, <see cref="IStackClient"/>, <see cref="IGitHubClient"/>,
    /// <see cref="IPipelineSource"/>, <see cref="IDriver"/> and the others of <c>Engine/Ports</c>, and <see cref="WebhookSecrets"/>. Pulumi
    /// Cloud may be absent.
    /// </summary>
    public static IServiceCollection AddWaybillEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ApprovalOptions>().Bind(configuration.GetSection(ApprovalOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApprovalOptions>, ApprovalOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ApprovalOptions>>().Value);
        services.AddSingleton(provider => new ApprovalTokenSigner(
            [.. provider.GetRequiredService<ApprovalOptions>().SigningKeys.Select(Convert.FromBase64String)]));
        services.TryAddSingleton<IApproverDirectory, ApproverDirectory>();

        return services
            .AddSingleton<ProjectStore>()
            .AddSingleton<AuditLog>()
            .AddSingleton<ExpressionCache>()
            .AddPromotions()
            .AddReporting()
            .AddAnalysis(configuration)
            .AddSteps()
            .AddWorkTrees()
            .AddIngest()
            .AddGitOps(configuration)
            .AddPulumiCloud()
            .AddSingleton<ApprovalLinks>()
            .AddSingleton<ApprovalDesk>()
            .AddSingleton<CandidateFinder>()
            .AddSingleton<ControlFlow>()
            .AddSingleton<HoldKeeper>()
            .AddSingleton<ProjectEvaluator>()
            .AddSingleton<StageHealthObserver>()
            .AddSingleton<StageHealthRefresher>()
            .AddSingleton<ProjectSweeper>()
            .AddSingleton<ProjectRounds>()
            .AddHousekeeping(configuration);
    }

    private static IServiceCollection AddPromotions(this IServiceCollection services) => services
        .AddSingleton<PromotionScope>()
        .AddSingleton<StepEvaluator>()
        .AddSingleton<StepExecutor>()
        .AddSingleton<StepRecorder>()
        .AddSingleton<PromotionFinisher>()
        .AddSingleton<StageExaminer>()
        .AddSingleton<PromotionVerifier>()
        .AddSingleton<VerificationRecorder>()
        .AddSingleton<VerificationDesk>()
        .AddSingleton<PromotionRunner>()
        .AddSingleton<PromotionCreator>()
        .AddSingleton<PromotionAborter>()
        .AddSingleton<FreightApprover>()
        .AddSingleton<StageQueue>();

    private static IServiceCollection AddReporting(this IServiceCollection services)
    {
        services.TryAddSingleton<IGitHubReporter, AbsentGitHubReporter>();
        services.TryAddSingleton(ReportingOptions.Off);
        return services
            .AddSingleton<PromotionTeller>()
            .AddSingleton<PromotionReporter>();
    }

    private static IServiceCollection AddAnalysis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<VerificationOptions>().Bind(configuration.GetSection(VerificationOptions.Section));
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<VerificationOptions>>().Value)
            .AddSingleton<OutboundRequests>()
            .AddSingleton<IMetricSource, WebMetricSource>()
            .AddSingleton<IMetricSource, PrometheusMetricSource>()
            .AddSingleton<IMetricSource, JobMetricSource>()
            .AddSingleton<MetricMeasurer>()
            .AddSingleton<AnalysisStarter>()
            .AddSingleton<AnalysisRunner>();
    }

    private static IServiceCollection AddHousekeeping(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>()
            .AddSingleton(provider => provider.GetRequiredService<IOptions<RetentionOptions>>().Value)
            .AddSingleton<PromotionRetention>()
            .AddSingleton<FreightRetention>()
            .AddSingleton<ProjectHousekeeper>();
    }

    private static IServiceCollection AddSteps(this IServiceCollection services) => services
        .AddSingleton<IPromotionStep, PulumiStackUpdateStep>()
        .AddSingleton<IPromotionStep, WaitForApprovalStep>()
        .AddSingleton<IPromotionStep, ComposeOutputStep>()
        .AddSingleton<IPromotionStep, SetMetadataStep>()
        .AddSingleton<IPromotionStep, FailStep>()
        .AddSingleton<IPromotionStep, HttpStep>()
        .AddFileSteps()
        .AddArgoCd();

    private static IServiceCollection AddGitOps(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GitOpsOptions>().Bind(configuration.GetSection(GitOpsOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<GitOpsOptions>>().Value)
            .AddSingleton<StackChecks>()
            .AddSingleton<PushedStacks>()
            .AddSingleton<GitOpsWitness>();
    }

    private static IServiceCollection AddWorkTrees(this IServiceCollection services) => services
        .AddSingleton<RepositoryFiles>()
        .AddSingleton<WorkTrees.WorkTrees>()
        .AddSingleton<IWorkTrees>(provider => provider.GetRequiredService<WorkTrees.WorkTrees>())
        .AddSingleton<IFileEditor, FileWriteEditor>()
        .AddSingleton<BranchPusher>()
        .AddSingleton<TagPusher>()
        .AddSingleton<IPromotionStep, GitCloneStep>()
        .AddSingleton<IPromotionStep, GitCommitStep>()
        .AddSingleton<IPromotionStep, GitPushStep>()
        .AddSingleton<IPromotionStep, GitClearStep>()
        .AddSingleton<IPromotionStep, GitTagStep>()
        .AddSingleton<IPromotionStep, GitOpenPullRequestStep>()
        .AddSingleton<IPromotionStep, GitWaitForPullRequestStep>()
        .AddSingleton<IPromotionStep, GitMergePullRequestStep>()
        .AddSingleton<IPromotionStep, FileWriteStep>()
        .AddSingleton<IPromotionStep, CopyStep>()
        .AddSingleton<IPromotionStep, DeleteStep>();

    private static IServiceCollection AddPulumiCloud(this IServiceCollection services)
    {
        services.TryAddSingleton<IPulumiCloudClient, AbsentPulumiCloudClient>();
        services.TryAddSingleton(new WitnessOptions(TimeSpan.FromMinutes(2)));
        services.TryAddSingleton(new PulumiWebhookSecrets([]));
        return services
            .AddSingleton<StackWitness>()
            .AddSingleton<PulumiWebhookReceiver>();
    }

    private static IServiceCollection AddArgoCd(this IServiceCollection services) => services
        .AddSingleton<IPromotionStep, ArgoCdUpdateStep>()
        .AddSingleton<IPromotionStep, ArgoCdWaitStep>()
        .AddSingleton<ArgoCdNudge>();

    private static IServiceCollection AddIngest(this IServiceCollection services) => services
        .AddSingleton<CommitDiscovery>()
        .AddSingleton<PushResolver>()
        .AddSingleton<FreightAssembler>()
        .AddSingleton<HandAssembler>()
        .AddSingleton<PushRecorder>()
        .AddSingleton<PullRequestWaker>()
        .AddSingleton<IPushIngestor, PushIngestor>()
        .AddSingleton<WarehousePoller>();
}
