using Microsoft.Extensions.DependencyInjection;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;
using Waybill.Simulation.Cluster;
using Waybill.TestParts;
using static Waybill.Infrastructure.Tests.Kubernetes.StackClients;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>What the client promises, on whichever API server.</summary>
public abstract class StackClientContract : IAsyncLifetime
{
    private readonly List<ServiceProvider> _clients = [];
    private ClusterUnderTest _cluster = null!;

    private StackReference Dev => Stack(_cluster.Namespace);

    public async Task InitializeAsync()
    {
        if (!CanRun)
        {
            return;
        }

        _cluster = await StartAsync();
        await new SimulatedStack("dev", "org/program/dev", "https://github.com/org/program")
        {
            Namespace = _cluster.Namespace,
            AuthorizedStages = "shop:dev",
        }.CreateAsync(_cluster.Admin);
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [SkippableFact]
    public async Task A_Stack_is_read_though_the_operator_never_looked_at_it()
    {
        var stack = await (await ClientAsync()).GetStackAsync(Dev, default);

        Assert.NotNull(stack);
        Assert.Equal((1L, 0L, "main", null), (stack.Generation, stack.ObservedGeneration, stack.Branch, stack.Commit));
        Assert.Equal(("org/program/dev", "https://github.com/org/program"), (stack.PulumiStack, stack.ProjectRepo));
        Assert.True(StackAnnotations.Authorizes(stack.Annotations[StackAnnotations.AuthorizedStage], "shop", "dev"));
    }

    [SkippableFact]
    public async Task Objects_that_are_not_there_are_null()
    {
        var client = await ClientAsync();
        var missing = Stack(_cluster.Namespace, "missing");

        Assert.Null(await client.GetStackAsync(missing, default));
        Assert.Null(await client.GetWorkspaceAsync(missing, default));
        Assert.Null(await client.GetUpdateAsync(missing, "missing-1", default));
        Assert.Null(await client.GetStackAsync(Stack("no-such-namespace"), default));
    }

    [SkippableFact]
    public async Task A_request_sets_the_commit_clears_the_branch_and_carries_the_annotation()
    {
        var client = await ClientAsync();
        var before = await client.GetStackAsync(Dev, default);

        var patched = await client.RequestRunAsync(Dev, before!.ResourceVersion, Commit, "p1", default);

        Assert.Equal((2L, Commit, null, "p1"), (patched.Generation, patched.Commit, patched.Branch, patched.ReconcileRequest));
        Assert.Equal("shop:dev", patched.Annotations[StackAnnotations.AuthorizedStage]);
        Assert.Equivalent(patched, await client.GetStackAsync(Dev, default));
    }

    [SkippableFact]
    public async Task Asking_again_for_the_same_commit_leaves_the_generation()
    {
        var client = await ClientAsync();
        var first = await client.RequestRunAsync(Dev, (await client.GetStackAsync(Dev, default))!.ResourceVersion, Commit, "p1", default);

        var second = await client.RequestRunAsync(Dev, first.ResourceVersion, Commit, "p2", default);

        Assert.Equal((first.Generation, "p2"), (second.Generation, second.ReconcileRequest));
    }

    [SkippableFact]
    public async Task A_stale_version_is_a_conflict_and_changes_nothing()
    {
        var client = await ClientAsync();
        var stale = (await client.GetStackAsync(Dev, default))!.ResourceVersion;
        await client.RequestRunAsync(Dev, stale, Commit, "p1", default);

        var error = await Assert.ThrowsAsync<ClusterException>(() => client.RequestRunAsync(Dev, stale, new string('d', 40), "p2", default));

        Assert.Equal((ClusterErrorKind.Conflict, true), (error.Kind, error.IsTransient));
        Assert.Equal(Commit, (await client.GetStackAsync(Dev, default))!.Commit);
    }

    [SkippableFact]
    public async Task Two_that_race_for_one_Stack_get_one_success_and_one_conflict()
    {
        var client = await ClientAsync();
        var version = (await client.GetStackAsync(Dev, default))!.ResourceVersion;

        var outcomes = await Task.WhenAll(new[] { "p1", "p2" }.Select(async request =>
            await Record.ExceptionAsync(() => client.RequestRunAsync(Dev, version, Commit, request, default)) as ClusterException));

        Assert.Single(outcomes, o => o is null);
        Assert.Single(outcomes, o => o?.Kind is ClusterErrorKind.Conflict);
    }

    [SkippableFact]
    public async Task Patching_a_Stack_that_is_gone_says_so()
    {
        var client = await ClientAsync();

        var error = await Assert.ThrowsAsync<ClusterException>(
            () => client.RequestRunAsync(Stack(_cluster.Namespace, "gone"), "1", Commit, "p1", default));

        Assert.Equal(ClusterErrorKind.NotFound, error.Kind);
        Assert.Contains($"local/{_cluster.Namespace}/gone", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Content_that_the_server_does_not_accept_is_invalid_in_its_words()
    {
        var client = await ClientAsync();

        var version = (await client.GetStackAsync(Dev, default))!.ResourceVersion;
        var tooLong = new string('x', 300_000);

        var error = await Assert.ThrowsAsync<ClusterException>(() => client.RequestRunAsync(Dev, version, Commit, tooLong, default));

        Assert.Equal((ClusterErrorKind.Invalid, false), (error.Kind, error.IsTransient));
        Assert.Contains("metadata.annotations: Too long", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_token_that_nobody_knows_is_unauthorized()
    {
        var client = await ClientAsync("not-a-token");

        var error = await Assert.ThrowsAsync<ClusterException>(() => client.GetStackAsync(Dev, default));

        Assert.Equal((ClusterErrorKind.Unauthorized, false), (error.Kind, error.IsTransient));
        Assert.Contains("Renew the credentials that Clusters:local names", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_missing_permission_is_named_as_the_rule_to_add()
    {
        SkipWhereItCannotRun();
        var client = await ClientAsync(await _cluster.CreateTokenAsync("get"));
        var stack = await client.GetStackAsync(Dev, default);

        var error = await Assert.ThrowsAsync<ClusterException>(() => client.RequestRunAsync(Dev, stack!.ResourceVersion, Commit, "p1", default));
        var workspace = await Assert.ThrowsAsync<ClusterException>(() => client.GetWorkspaceAsync(Dev, default));

        Assert.Equal(ClusterErrorKind.Forbidden, error.Kind);
        Assert.Contains("""{apiGroups: ["pulumi.com"], resources: ["stacks"], verbs: ["patch"]}""", error.Message, StringComparison.Ordinal);
        Assert.Contains("""{apiGroups: ["auto.pulumi.com"], resources: ["workspaces"], verbs: ["get"]}""", workspace.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_permissions_that_the_product_asks_for_are_enough()
    {
        SkipWhereItCannotRun();
        var client = await ClientAsync(await _cluster.CreateTokenAsync("get", "patch"));

        var patched = await client.RequestRunAsync(Dev, (await client.GetStackAsync(Dev, default))!.ResourceVersion, Commit, "p1", default);

        Assert.Equal(Commit, patched.Commit);
    }

    /// <summary>Whether the server can be had here.</summary>
    protected virtual bool CanRun => true;

    protected abstract Task<ClusterUnderTest> StartAsync();

    private async Task<IStackClient> ClientAsync(string? token = null)
    {
        SkipWhereItCannotRun();
        var services = Create(await _cluster.WriteKubeconfigAsync(token));
        _clients.Add(services);
        return services.Client();
    }

    private void SkipWhereItCannotRun() => Skip.If(!CanRun, KubeApiServer.SkipReason);
}

public sealed class SimulatedStackClientTests : StackClientContract
{
    protected override async Task<ClusterUnderTest> StartAsync() => await SimulatedClusterUnderTest.StartAsync();
}

[Collection(nameof(KubeApiServer))]
public sealed class RealStackClientTests(KubeApiServerFixture fixture) : StackClientContract
{
    protected override bool CanRun => KubeApiServer.SkipReason is null;

    protected override async Task<ClusterUnderTest> StartAsync() => await RealClusterUnderTest.StartAsync(fixture.Server);
}
