using Waybill.Simulation.Cluster.Operator;

namespace Waybill.Simulation.ArgoCd.Controller;

/// <summary>An Application's health: the worst of its Stacks', each judged as PKO's health check for Argo CD does.</summary>
internal static class ApplicationHealthRules
{
    private static readonly string[] BestFirst = ["Healthy", "Suspended", "Progressing", "Missing", "Degraded", "Unknown"];

    public static string Judge(IEnumerable<ComparedStack> stacks, bool ignoresStacks) =>
        stacks.Where(s => s.Wanted is not null || s.Live is not null).Select(s => Judge(s.Live, ignoresStacks)).Append(BestFirst[0])
            .MaxBy(h => Array.IndexOf(BestFirst, h))!;

    private static string Judge(OperatorObject? stack, bool ignoresStacks)
    {
        if (stack is null)
        {
            return "Missing";
        }

        if (ignoresStacks)
        {
            return "Healthy";
        }

        // A status about an older spec says nothing about this one.
        var isObserved = stack.Status["observedGeneration"]?.GetValue<long>() == stack.Generation;
        return !isObserved ? "Progressing" : stack.Is("Stalled") ? "Degraded" : stack.Is("Ready") && !stack.Is("Reconciling") ? "Healthy" : "Progressing";
    }
}
