using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.ArgoCd;

/// <summary>What Waybill writes on Applications, as merge patches.</summary>
internal static class ApplicationPatches
{
    public static string Refresh(bool hard) => new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = RefreshAnnotation(hard) } }.ToJsonString();

    public static string Sync(ApplicationSnapshot application, ApplicationSync sync)
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = application.ResourceVersion, ["annotations"] = RefreshAnnotation(hard: true) },
            ["operation"] = Operation(application, sync),

            // argo-cd issue 20875: left there, Argo CD takes the end of the operation before for the end of this one.
            ["status"] = new JsonObject { ["operationState"] = null },
        };
        if (sync.Sources is { Count: > 0 } sources)
        {
            patch["spec"] = application.HasSourceList
                ? new JsonObject { ["sources"] = new JsonArray([.. sources.Select(s => s.DeepClone())]) }
                : new JsonObject { ["source"] = sources[0].DeepClone() };
        }

        return patch.ToJsonString();
    }

    private static JsonObject Operation(ApplicationSnapshot application, ApplicationSync sync)
    {
        // Revisions stay empty: the sources say what to sync, and an automated Application would refuse any other.
        var how = new JsonObject { ["revisions"] = new JsonArray() };
        if (application.SyncOptions.Count > 0)
        {
            how["syncOptions"] = new JsonArray([.. application.SyncOptions.Select(o => JsonValue.Create(o))]);
        }

        var operation = new JsonObject
        {
            ["initiatedBy"] = new JsonObject { ["username"] = sync.Actor, ["automated"] = sync.IsAutomated },
            ["info"] = new JsonArray(Info("Reason", "A promotion asked for a sync of this Application."), Info(ApplicationAnnotations.PromotionInfo, sync.Promotion)),
            ["sync"] = how,
        };
        if (application.Retry is { } retry)
        {
            operation["retry"] = retry.DeepClone();
        }

        return operation;
    }

    private static JsonObject RefreshAnnotation(bool hard) => new() { [ApplicationAnnotations.Refresh] = hard ? "hard" : "normal" };

    private static JsonObject Info(string name, string value) => new() { ["name"] = name, ["value"] = value };
}
