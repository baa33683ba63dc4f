using Waybill.Domain.ArgoCd;
using Waybill.Engine.Ports;

namespace Waybill.Web.Tests.World;

/// <summary>No Argo CD is there; whoever calls one did what no test here expects.</summary>
internal sealed class NoArgoCd : IArgoCdClient
{
    public ApplicationReference Locate(string? @namespace, string name) => throw Unexpected();

    public Task<ApplicationSnapshot?> GetAsync(ApplicationReference application, CancellationToken cancellationToken) => throw Unexpected();

    public Task<IReadOnlyList<ApplicationSnapshot>> ListAsync(string? @namespace, string labelSelector, CancellationToken cancellationToken) => throw Unexpected();

    public Task SyncAsync(ApplicationSnapshot application, ApplicationSync sync, CancellationToken cancellationToken) => throw Unexpected();

    public Task RefreshAsync(ApplicationReference application, bool hard, CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("This test expects no call to Argo CD.");
}
