using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.GitOps;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Steps;
using Waybill.Engine.Steps.Files;
using Waybill.Engine.Steps.Git;
using Waybill.Engine.WorkTrees;
using Waybill.Expressions;
using Waybill.Infrastructure.GitHub;
using Waybill.Simulation.GitHub;
using Waybill.TestStores;

namespace Waybill.Infrastructure.Tests.GitOps;

/// <summary>Promotions whose steps work on a repository of the simulated GitHub.</summary>
public abstract class GitOpsFixture : IAsyncLifetime
{
    private readonly List<IDisposable> _clients = [];
    private int _promotions;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero));

    protected SimulatedGitHub GitHub { get; private set; } = null!;

    protected SimulatedRepository Repository { get; private set; } = null!;

    /// <summary>What every engine that the test starts is configured with.</summary>
    protected Action<GitHubOptions> Settings { get; set; } = _ => { };

    public virtual async Task InitializeAsync()
    {
        GitHub = await SimulatedGitHub.StartAsync(Time);
        Repository = GitHub.CreateRepository("acme", "manifests");
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await GitHub.DisposeAsync();
    }

    protected void Add(string path, string text, string branch = "main", SimulatedRepository? repository = null) =>
        (repository ?? Repository).Commit(branch, new CommitContent($"Add {path}") { Texts = new Dictionary<string, string> { [path] = text } });

    protected string? Text(string path, string branch = "main") => Repository.ReadText(branch, path);

    /// <summary>How many commits a branch has.</summary>
    protected int CommitsOf(string branch) => Repository.History(Repository.HeadOf(branch)!).Count;

    /// <summary>The step that went wrong, or else the last that was reached.</summary>
    protected static StepState Last(Promotion promotion) =>
        promotion.StepStates.FirstOrDefault(s => s.Phase.IsUnsuccessful()) ?? promotion.StepStates.Last(s => s.Phase is not StepPhase.Pending);

    protected static StepState StateOf(Promotion promotion, string step) =>
        promotion.StepStates[promotion.Steps.Select((s, i) => (s, i)).Last(x => x.s.As == step).i];

    protected static void AssertAllSucceeded(Promotion promotion) =>
        Assert.All(promotion.StepStates, s => Assert.Equal((StepPhase.Succeeded, s.Message), (s.Phase, s.Message)));

    protected static PromotionStep Step(string uses, string config, string? named = null) =>
        new() { Uses = uses, As = named ?? uses, Config = JsonNode.Parse(config)!.AsObject() };

    protected PromotionStep Clone(string more = "\"branch\": \"main\"") =>
        Step("git-clone", $$"""{ "repoURL": "{{Repository.CloneUrl}}", "checkout": [{ {{more}}, "path": "./m" }] }""");

    protected static PromotionStep SetLine(string path, string key, string value) =>
        Step(LineEditor.Name, $$"""{ "path": "./m/{{path}}", "key": "{{key}}", "value": "{{value}}" }""");

    protected static PromotionStep Commit(string message = "Update") => Step("git-commit", $$"""{ "path": "./m", "message": "{{message}}" }""", "commit");

    protected static PromotionStep Push(string more = "\"targetBranch\": \"main\"") =>
        Step("git-push", $$"""{ "path": "./m"{{(more.Length > 0 ? ", " : "")}}{{more}} }""", "push");

    protected Promotion Promotion(params PromotionStep[] steps)
    {
        // As a promotion that somebody asked for and whose turn it is.
        var freight = new FreightReference(new string('f', 40), "brave-fox", "app", []);
        return new Promotion
        {
            Project = "shop",
            Name = $"dev.01k{++_promotions:d23}.fffffff",
            Stage = "dev",
            Freight = freight,
            Collection = new Dictionary<string, FreightReference> { ["Warehouse/app"] = freight },
            Actor = "ada",
            CreatedAt = Time.GetUtcNow(),
            Steps = steps,
        }.Begin(Time.GetUtcNow());
    }

    /// <summary>An engine, as a process has one: it knows nothing of what others before it kept in memory.</summary>
    private protected GitOpsEngine Engine()
    {
        var options = new GitHubOptions { BaseUrl = GitHub.ApiUrl.AbsoluteUri };
        Settings(options);
        var engine = new GitOpsEngine(options, Time);
        _clients.Add(engine);
        return engine;
    }
}

/// <summary>Runs promotions' steps.</summary>
internal sealed class GitOpsEngine : IDisposable
{
    private readonly TimeProvider _time;
    private readonly OctokitRepositoryClient _git;
    private readonly OctokitPullRequestClient _pulls;
    private readonly RepositoryFiles _files;
    private readonly StepExecutor _executor;

    public GitOpsEngine(GitHubOptions options, TimeProvider time)
    {
        _time = time;
        _git = new OctokitRepositoryClient(options, time);
        _pulls = new OctokitPullRequestClient(options, time);
        _files = new RepositoryFiles(_git);
        var trees = new WorkTrees(_files, [new FileWriteEditor(), new LineEditor()]);
        var cache = new ExpressionCache();
        IPromotionStep[] steps =
        [
            new GitCloneStep(_git), new GitCommitStep(_git, _files, trees), PushStep(trees),
            new GitClearStep(trees), new GitTagStep(), new GitOpenPullRequestStep(_git, _pulls), new GitWaitForPullRequestStep(_pulls),
            new GitMergePullRequestStep(_pulls), new FileWriteStep(trees), new CopyStep(trees), new DeleteStep(trees), new LineStep(trees),
            new ComposeOutputStep(),
        ];
        _executor = new StepExecutor(steps, new StepEvaluator(new PromotionScope(cache), cache, new NothingKept(), new NothingKept()), time, NullLogger<StepExecutor>.Instance);
    }

    // No cluster is set up, so no Stack is found in what is pushed, and nobody is to be told.
    private GitPushStep PushStep(WorkTrees trees) => new(
        new BranchPusher(_git, _files, trees),
        new TagPusher(_git),
        new PushedStacks(trees, new StackChecks(new GitOpsOptions())),
        new ArgoCdNudge(UnexpectedPort.For<IArgoCdClient>(), UnexpectedPort.For<IStackClient>(), NullLogger<ArgoCdNudge>.Instance));

    /// <summary>Runs the step under way once, and records what it came to.</summary>
    public async Task<Promotion> StepAsync(Promotion promotion)
    {
        var index = promotion.CurrentStep;
        var result = await _executor.RunAsync(promotion, index, PromotionFacts.None, CancellationToken.None);
        return promotion.RecordStep(index, result, _executor.DefaultTimeoutOf(promotion.Steps[index].Uses), _time.GetUtcNow());
    }

    /// <summary>Runs steps until one waits, or none is left.</summary>
    public async Task<Promotion> RunAsync(Promotion promotion)
    {
        while (promotion.CurrentStep < promotion.Steps.Count)
        {
            promotion = await StepAsync(promotion);
            if (promotion.CurrentStep < promotion.Steps.Count && promotion.StepStates[promotion.CurrentStep].Wait is not null)
            {
                break;
            }
        }

        return promotion;
    }

    public void Dispose()
    {
        _files.Dispose();
        _pulls.Dispose();
        _git.Dispose();
    }
}

/// <summary>Neither secrets nor config maps.</summary>
internal sealed class NothingKept : ISecretSource, IConfigMapSource
{
    public Task<IReadOnlyDictionary<string, string>?> GetSecretAsync(string project, string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>?>(null);

    public Task<IReadOnlyDictionary<string, string>?> GetConfigMapAsync(string project, string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>?>(null);
}
