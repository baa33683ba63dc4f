using System.Text.Json.Nodes;

namespace Waybill.Simulation.ArgoCd.Controller;

/// <summary>What <c>kubectl apply</c> and Argo CD do: what is wanted is set, what was wanted before and is not any more is removed, the rest is left.</summary>
internal static class ThreeWay
{
    /// <summary>The merge patch that leads from the live object to the wanted one; empty when it is there.</summary>
    public static JsonObject Patch(JsonObject? lastApplied, JsonObject wanted, JsonObject? live)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in wanted)
        {
            if (value is JsonObject inner && live?[name] is JsonObject liveInner)
            {
                if (Patch(lastApplied?[name] as JsonObject, inner, liveInner) is { Count: > 0 } difference)
                {
                    patch[name] = difference;
                }
            }
            else if (!JsonNode.DeepEquals(value, live?[name]))
            {
                patch[name] = value?.DeepClone();
            }
        }

        foreach (var (name, _) in lastApplied ?? [])
        {
            if (!wanted.ContainsKey(name) && live?.ContainsKey(name) is true)
            {
                patch[name] = null;
            }
        }

        return patch;
    }
}
