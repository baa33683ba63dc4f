using System.Text.Json.Nodes;
using Waybill.Domain.Stacks;
using Waybill.Infrastructure.Kubernetes;

namespace Waybill.Infrastructure.Tests.Kubernetes;

public sealed class SnapshotMappingTests
{
    private static readonly StackReference Reference = new("local", "default", "dev");

    [Fact]
    public void A_whole_status_is_read()
    {
        var stack = SnapshotMapping.Stack(Reference, Json("""
            {"metadata":{"resourceVersion":"9","generation":4,"deletionTimestamp":"2026-01-01T00:00:00Z",
              "annotations":{"pulumi.com/reconciliation-request":"p1"}},
             "spec":{"stack":"o/p/s","commit":"c","preview":true},
             "status":{"observedGeneration":4,"observedReconcileRequest":"p1",
              "conditions":[{"type":"Ready","status":"False","reason":"NotReadyStalled","message":"m"},
                            {"type":"Stalled","status":"True","reason":"UpdateFailed","message":"no"}],
              "lastUpdate":{"generation":4,"reconcileRequest":"p1","name":"dev-1","type":"preview","state":"failed","message":"boom",
                "lastAttemptedCommit":"c","lastSuccessfulCommit":"b","permalink":"","failures":3},
              "currentUpdate":{"generation":4,"name":"dev-2","commit":"c"}}}
            """));

        Assert.True(stack.IsBeingDeleted);
        Assert.True(stack.Preview);
        Assert.Equal(("9", 4L, 4L, "p1", "p1"), (stack.ResourceVersion, stack.Generation, stack.ObservedGeneration, stack.ReconcileRequest, stack.ObservedReconcileRequest));
        Assert.Equal(new StackCondition(false, "NotReadyStalled", "m"), stack.Ready);
        Assert.Equal(new StackCondition(true, "UpdateFailed", "no"), stack.Stalled);
        Assert.Null(stack.Reconciling);
        Assert.Equal(new StackCurrentUpdate(4, "dev-2", "c"), stack.CurrentUpdate);
        Assert.Equal(
            new StackLastUpdate
            {
                Generation = 4,
                ReconcileRequest = "p1",
                Name = "dev-1",
                Type = "preview",
                State = "failed",
                Message = "boom",
                LastAttemptedCommit = "c",
                LastSuccessfulCommit = "b",
                Failures = 3,
            },
            stack.LastUpdate);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"metadata":null,"spec":null,"status":null}""")]
    [InlineData("""{"metadata":{"annotations":null},"spec":{"commit":7},"status":{"conditions":{},"lastUpdate":"x","observedGeneration":"4"}}""")]
    [InlineData("""{"status":{"conditions":[null,3,{"type":"Other"}],"observedReconcileRequest":""}}""")]
    public void What_is_missing_or_of_another_shape_counts_as_missing(string json)
    {
        var stack = SnapshotMapping.Stack(Reference, Json(json));

        Assert.Equal((0L, 0L, null, null), (stack.Generation, stack.ObservedGeneration, stack.Commit, stack.ObservedReconcileRequest));
        Assert.Equal((null, null, null), (stack.Ready, stack.LastUpdate, stack.CurrentUpdate));
    }

    [Fact]
    public void A_workspace_tells_which_generation_its_stall_is_about()
    {
        var stalled = SnapshotMapping.Workspace(Json("""
            {"metadata":{"generation":3},"status":{"conditions":[{"type":"Stalled","status":"True","reason":"R","message":"m","observedGeneration":2}]}}
            """));
        var well = SnapshotMapping.Workspace(Json("""{"metadata":{"generation":3}}"""));

        Assert.Equal(new WorkspaceSnapshot(3, 2, null, new(true, "R", "m")), stalled);
        Assert.Equal(new WorkspaceSnapshot(3, null, null, null), well);
    }

    [Fact]
    public void An_update_tells_how_it_ended()
    {
        var failed = SnapshotMapping.Update(Json("""
            {"status":{"message":"boom","conditions":[{"type":"Complete","status":"True"},{"type":"Failed","status":"True","reason":"UpdateConflict"}]}}
            """));
        var fresh = SnapshotMapping.Update(Json("{}"));

        Assert.Equal(new UpdateSnapshot(true, true, "boom"), failed);
        Assert.Equal(new UpdateSnapshot(false, false, ""), fresh);
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
