using System.Globalization;
using System.Text.Json.Nodes;
using Waybill.Simulation.Cluster.Operator;

namespace Waybill.Simulation.ArgoCd.Controller;

/// <summary>What the controller reads of an Application's own fields.</summary>
internal static class ApplicationStatus
{
    private const string RefreshAnnotation = "argocd.argoproj.io/refresh";

    public static JsonObject? Operation(this OperatorObject application) => application.Json["operation"] as JsonObject;

    public static JsonObject? OperationState(this OperatorObject application) => application.Status["operationState"] as JsonObject;

    public static string? Phase(this OperatorObject application) => OperatorObject.Text(application.OperationState(), "phase");

    public static bool IsOperating(this OperatorObject application) =>
        application.Operation() is not null || application.Phase() is "Running" or "Terminating";

    public static DateTimeOffset? FinishedAt(this OperatorObject application) =>
        OperatorObject.Text(application.OperationState(), "finishedAt") is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    public static bool IsRefreshAsked(this OperatorObject application) => application.Metadata["annotations"]?[RefreshAnnotation] is not null;

    public static bool IsAutomated(this OperatorObject application, string? flag = null)
    {
        var automated = application.Spec["syncPolicy"]?["automated"] as JsonObject;
        return automated is not null && automated["enabled"]?.GetValue<bool>() is not false
            && (flag is null || automated[flag]?.GetValue<bool>() is true);
    }

    /// <summary>The commits that the last operation synced to, one a source.</summary>
    public static IReadOnlyList<string> SyncedRevisions(this OperatorObject application) =>
        RevisionsOf(application.OperationState()?["syncResult"] as JsonObject);

    /// <summary><c>revisions</c>, or the one <c>revision</c>; none when neither is there.</summary>
    public static IReadOnlyList<string> RevisionsOf(JsonObject? holder) => holder?["revisions"] is JsonArray { Count: > 0 } many
        ? [.. many.Select(r => (string?)r ?? "")]
        : OperatorObject.Text(holder, "revision") is { Length: > 0 } one ? [one] : [];

    /// <summary>Commits in the field that the number of sources asks for.</summary>
    public static void SetRevisions(this JsonObject holder, IReadOnlyList<string> revisions)
    {
        if (revisions.Count > 1)
        {
            holder["revisions"] = new JsonArray([.. revisions.Select(r => JsonValue.Create(r))]);
        }
        else
        {
            holder["revision"] = revisions is [var only] ? only : "";
        }
    }

    /// <summary>A merge patch that is refused when somebody else has written meanwhile.</summary>
    public static JsonObject Patch(this OperatorObject application, JsonObject? annotations = null)
    {
        var metadata = new JsonObject { ["resourceVersion"] = OperatorObject.Text(application.Metadata, "resourceVersion") };
        if (annotations is not null)
        {
            metadata["annotations"] = annotations;
        }

        return new JsonObject { ["metadata"] = metadata };
    }

    /// <summary>The annotation that asks for a refresh, taken away.</summary>
    public static JsonObject NoRefresh() => new() { [RefreshAnnotation] = null };
}
