using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Domain.ArgoCd;
using Waybill.Domain.Stacks;
using Waybill.Engine.GitOps;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.GitOps;

public sealed class ArgoCdNudgeTests
{
    private static readonly StackReference Dev = new("default", "apps", "dev");

    private readonly Argo _argo = new();
    private readonly Cluster _cluster = new();

    [Fact]
    public async Task The_Application_that_manages_the_Stack_is_asked_to_look_again()
    {
        Manage("infra:pulumi.com/Stack:apps/dev");

        Assert.True(await Nudge().RefreshManagerOfAsync(Dev, default));
        Assert.Equal(["refresh infra"], _argo.Calls);
    }

    [Fact]
    public async Task A_Stack_that_nobody_manages_is_nobody_s_business()
    {
        Manage(null);

        Assert.False(await Nudge().RefreshManagerOfAsync(Dev, default));
        Assert.Empty(_argo.Calls);
    }

    [Theory]
    [InlineData(ClusterErrorKind.Forbidden)]
    [InlineData(ClusterErrorKind.NotFound)]
    [InlineData(ClusterErrorKind.Unavailable)]
    public async Task Whatever_goes_wrong_is_no_failure(ClusterErrorKind kind)
    {
        Manage("infra:pulumi.com/Stack:apps/dev");
        _argo.Fails("refresh", kind);
        Assert.False(await Nudge().RefreshManagerOfAsync(Dev, default));

        _cluster.Fails("get", kind);
        Assert.False(await Nudge().RefreshManagerOfAsync(Dev, default));
    }

    private ArgoCdNudge Nudge() => new(_argo, _cluster, NullLogger<ArgoCdNudge>.Instance);

    private void Manage(string? trackingId)
    {
        _cluster.AddStack("dev", null);
        _cluster["dev"] = _cluster["dev"] with
        {
            Annotations = trackingId is null ? new Dictionary<string, string>() : new() { [TrackingId.Annotation] = trackingId },
        };
    }
}
