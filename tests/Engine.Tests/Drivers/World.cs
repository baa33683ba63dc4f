using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Analysis;
using Waybill.Engine.Approvals;
using Waybill.Engine.Auditing;
using Waybill.Engine.AutoPromotion;
using Waybill.Engine.GitOps;
using Waybill.Engine.Health;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.PulumiCloud;
using Waybill.Engine.Records;
using Waybill.Engine.Reporting;
using Waybill.Engine.Steps;
using Waybill.Engine.Sweeping;
using Waybill.Engine.Tests.Builders;
using Waybill.Expressions;
using Waybill.TestStores;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>The engine over a real store, with everything beyond its ports in the test's hand.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly SqliteTemporaryFile _file;
    private int _commits;

    private World(SqliteTemporaryFile file, Stage[] stages)
    {
        _file = file;
        Rows = new CountingRowStore(file.Store);
        Written = new WrittenRows(Rows);
        Faults = new FaultyRowStore(Written);
        Use(stages);
        Build();
    }

    public FakeTimeProvider Time { get; } = new(A.Noon);

    public CountingRowStore Rows { get; }

    public WrittenRows Written { get; }

    public FaultyRowStore Faults { get; }

    public Cluster Cluster { get; } = new();

    public Vault Vault { get; } = new();

    public Cloud Cloud { get; } = new();

    public Argo Argo { get; } = new();

    public RecordingDriver Driver { get; } = new();

    public RecordingNotifier Notifier { get; } = new();

    public Pipelines Pipelines { get; } = new();

    public ApprovalOptions Approvals { get; } = new() { PublicUrl = new Uri("https://waybill.example/") };

    public ApprovalTokenSigner Signer { get; } = new([A.Key(1)]);

    public Internet Internet { get; } = new();

    public Jobs Jobs { get; } = new();

    public VerificationOptions Verification { get; set; } = new();

    public List<IPromotionStep> FurtherSteps { get; } = [];

    public RecordingGitHub GitHub { get; } = new();

    public ReportingOptions Reporting { get; private set; } = ReportingOptions.Off;

    public PromotionReporter Reporter { get; private set; } = null!;

    public ProjectStore Store { get; private set; } = null!;

    public PromotionRunner Runner { get; private set; } = null!;

    public PromotionCreator Creator { get; private set; } = null!;

    public PromotionAborter Aborter { get; private set; } = null!;

    public FreightApprover FreightApprover { get; private set; } = null!;

    public StageQueue Queue { get; private set; } = null!;

    public ProjectSweeper Sweeper { get; private set; } = null!;

    public ProjectEvaluator Evaluator { get; private set; } = null!;

    public PulumiWebhookReceiver PulumiWebhooks { get; private set; } = null!;

    public VerificationDesk VerificationDesk { get; private set; } = null!;

    public ApprovalDesk Desk { get; private set; } = null!;

    public Pipeline Pipeline => Pipelines.InForce[A.Project];

    public static async Task<World> WithAsync(params Stage[] stages) => new(await SqliteTemporaryFile.CreateAsync(), stages);

    public void Use(params Stage[] stages) =>
        Pipelines.InForce[A.Project] = new Pipeline { Project = A.Project, Stages = stages };

    /// <summary>Makes the engine anew, as a process does that starts: what was not stored is gone.</summary>
    public void Restart()
    {
        Driver.Forget();
        Time.Advance(TimeSpan.FromSeconds(1));
        Build();
    }

    public World Tells(bool statuses, bool deployments)
    {
        Reporting = new ReportingOptions(statuses, deployments);
        Build();
        return this;
    }

    public World Knows(params IPromotionStep[] steps)
    {
        FurtherSteps.AddRange(steps);
        Build();
        return this;
    }

    public async Task<Freight> FreightAsync(string warehouse = "app")
    {
        var freight = A.Freight("c0ffee" + (++_commits).ToString("x34"), warehouse, Time.GetUtcNow());
        await Store.Begin(A.Project).Write(new Stored<Freight>(freight, null)).CommitAsync(default);
        Time.Advance(TimeSpan.FromSeconds(1));
        return freight;
    }

    /// <summary>Freight that is verified in a stage, and still there.</summary>
    public async Task<Freight> VerifiedFreightAsync(string stage)
    {
        var freight = await FreightAsync();
        await ChangeAsync(freight.Id, f => f.Enter(stage, Time.GetUtcNow()).VerifyIn(stage, Time.GetUtcNow()), stage);
        return freight;
    }

    public async Task ChangeAsync(string freight, Func<Freight, Freight> change, string? verifiedIn = null)
    {
        var stored = (await Store.GetFreightAsync(A.Project, freight, default))!;
        var changed = stored.Then(change(stored.Value));
        var transaction = Store.Begin(A.Project).Write(changed);
        await (verifiedIn is null ? transaction : transaction.PointVerified(verifiedIn, changed.Value)).CommitAsync(default);
    }

    public async Task<Promotion> PromoteAsync(Freight freight, string stage, string actor = "ada") =>
        (await TryPromoteAsync(freight, stage, actor)).Promotion ?? throw new InvalidOperationException("The promotion was refused.");

    public Task<PromotionRequestResult> TryPromoteAsync(Freight freight, string stage, string actor = "ada") =>
        Creator.PromoteAsync(Pipeline, stage, freight.Id, actor, default);

    public Task<Directive> AdvanceAsync(Promotion promotion) => Runner.AdvanceAsync(new PromotionKey(A.Project, promotion.Name), default);

    /// <summary>Drives a promotion until it is done, time passing as its waits ask; at most an hour of it.</summary>
    public async Task<Promotion> FinishAsync(Promotion promotion)
    {
        for (var end = Time.GetUtcNow().AddHours(1); Time.GetUtcNow() < end;)
        {
            var next = await AdvanceAsync(promotion);
            if (next.Kind is DirectiveKind.Done)
            {
                return await LoadAsync(promotion);
            }

            Time.Advance(next.Until!.Value - Time.GetUtcNow());
        }

        throw new TimeoutException($"{promotion.Name} is not done after an hour: {(await LoadAsync(promotion)).StepStates[^1].Message}");
    }

    public Task AbortAsync(Promotion promotion, string actor = "bob") =>
        Aborter.AbortAsync(new PromotionKey(A.Project, promotion.Name), actor, "changed my mind", default);

    public async Task<Promotion> LoadAsync(Promotion promotion) => (await Store.GetPromotionAsync(A.Project, promotion.Name, default))!.Value;

    public async Task<Freight> LoadAsync(Freight freight) => (await Store.GetFreightAsync(A.Project, freight.Id, default))!.Value;

    public async Task<StageState> StageAsync(string stage) => (await Store.GetStageAsync(A.Project, stage, default)).Value;

    public async Task<IReadOnlyList<Promotion>> PromotionsAsync(string stage) =>
        (await Store.ListPromotionsAsync(A.Project, stage, 100, null, default)).Items;

    /// <summary>What the audit says, oldest first.</summary>
    public async Task<IReadOnlyList<AuditAction>> AuditAsync() => [.. (await EntriesAsync()).Select(e => e.Action)];

    public async Task<IReadOnlyList<AuditEntry>> EntriesAsync() =>
        [.. (await Store.ListAuditAsync(A.Project, 200, null, default)).Items.Reverse()];

    public Task<DateTimeOffset?> EvaluateAsync() => Evaluator.EvaluateAsync(A.Project, default);

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private void Build()
    {
        Store = new ProjectStore(Faults);
        Reporter = new PromotionReporter(new PromotionTeller(Store, GitHub, Reporting, Approvals), Reporting, Time, NullLogger<PromotionReporter>.Instance);
        var (audit, cache) = (new AuditLog(Time), new ExpressionCache());
        var links = new ApprovalLinks(Signer, Approvals, new ApproverDirectory(Approvals), Notifier);
        var witness = new StackWitness(Cloud, new WitnessOptions(TimeSpan.FromMinutes(2)));
        IPromotionStep[] steps =
            [new PulumiStackUpdateStep(Cluster, witness), new WaitForApprovalStep(links), new ComposeOutputStep(), new SetMetadataStep(), new FailStep(), .. FurtherSteps];
        var executor = new StepExecutor(steps, new StepEvaluator(new PromotionScope(cache), cache, Vault, Vault), Time, NullLogger<StepExecutor>.Instance);
        var finisher = new PromotionFinisher(audit, Reporter, Time);
        var candidates = new CandidateFinder(Store);
        var observer = new StageHealthObserver(Cluster, Argo, Time);
        Queue = new StageQueue(Store, Pipelines, audit, Reporter, Driver, Time);
        var measurer = new MetricMeasurer(
            [new WebMetricSource(new OutboundRequests(Internet, Verification)), new PrometheusMetricSource(new OutboundRequests(Internet, Verification)), new JobMetricSource(Jobs, new GitOpsOptions())],
            Vault, Time, NullLogger<MetricMeasurer>.Instance);
        var starter = new AnalysisStarter(new PromotionScope(cache), cache, new StepEvaluator(new PromotionScope(cache), cache, Vault, Vault), Verification);
        var verifier = new PromotionVerifier(new StageExaminer(observer, new GitOpsWitness(Cluster, witness), Time), starter, new AnalysisRunner(measurer, Time), new VerificationRecorder(audit, Reporter, Time), Time);
        Runner = new PromotionRunner(Store, new StepRecorder(Store, executor, audit, Time), finisher, verifier, Queue, Time);
        Sweeper = new ProjectSweeper(Store, Pipelines, Queue, new StageHealthRefresher(Store, observer), new HoldKeeper(Store, audit), Driver);
        Creator = new PromotionCreator(Store, candidates, audit, Reporter, Driver, Time);
        Aborter = new PromotionAborter(Store, finisher, audit, Driver, Time);
        FreightApprover = new FreightApprover(Store, audit, Driver, Time);
        Evaluator = new ProjectEvaluator(Store, Pipelines, candidates, Creator, new ControlFlow(Store, audit, Driver, Time), Time);
        PulumiWebhooks = new PulumiWebhookReceiver(new PulumiWebhookSecrets([Cloud.WebhookSecret]), Pipelines, Store, Driver, Time);
        VerificationDesk = new VerificationDesk(Store, audit, Driver, Time);
        Desk = new ApprovalDesk(Store, Signer, audit, Driver, Time);
    }
}
