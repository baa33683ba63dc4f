using Waybill.Domain.Promotions;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Records;

namespace Waybill.Engine.Secrets;

/// <summary>Keeps secrets out of what a step's result leaves behind: masked where people read it, refused where it has to be exact.</summary>
internal static class SecretGuard
{
    public static StepResult Apply(StepResult result, Lookups lookups)
    {
        var masker = lookups.Masker;
        var kept = !masker.IsIdle && Exact(result).Any(masker.Reveals) ? StepResult.Errored(Refusal(result.WorkTree)) : result;
        return kept with
        {
            Message = masker.Mask(Explain(kept, lookups)),
            Output = kept.Output is { } output ? masker.Mask(output) : null,
            Metadata = [.. kept.Metadata.Select(m => m with { Values = m.Values.ToDictionary(v => v.Key, v => masker.Mask(v.Value)) })],
        };
    }

    /// <summary>What is stored to be used again, as it is stored.</summary>
    private static IEnumerable<string> Exact(StepResult result)
    {
        yield return result.Memory?.ToJsonString() ?? "";
        yield return RecordJson.Write(result.HealthChecks);
        yield return result.Approval is { } gate ? RecordJson.Write(gate) : "";
        yield return result.WorkTree is { } tree ? RecordJson.Write(tree) : "";
    }

    private static string Refusal(WorkTree? tree) => tree is null
        ? "The step would have to store the value of a secret to go on later; use the secret in another field, or a variable instead."
        : "The step would write the value of a secret into a file, where everybody who reads the repository finds it; "
            + "have the program read the secret where it runs instead.";

    // As in Kargo a secret that is not there reads as empty; that is the likeliest cause of what then goes wrong.
    private static string Explain(StepResult result, Lookups lookups) =>
        lookups.Missing.Count > 0 && result.Outcome is (StepOutcome.Failed or StepOutcome.Errored or StepOutcome.TransientError)
            ? $"{result.Message} (No such secret: set {string.Join(", ", lookups.Missing)}.)"
            : result.Message;
}
