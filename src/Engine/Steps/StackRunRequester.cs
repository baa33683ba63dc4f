using Waybill.Domain.Promotions;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps;

/// <summary>Asks a Stack for a run of the promotion's commit, where the Stack's owner allowed it.</summary>
internal sealed class StackRunRequester(IStackClient client, Promotion promotion, StackUpdateConfig config)
{
    private const int PatchAttempts = 3;

    public async Task<StackProgress> RequestAsync(StackProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var stack = await client.GetStackAsync(progress.Stack, cancellationToken);
                if (Refuse(stack, progress.Stack) is { } refusal)
                {
                    return progress with { State = StackProgressState.Failed, Message = refusal };
                }

                try
                {
                    return await PatchAsync(progress, stack!, cancellationToken);
                }
                catch (ClusterException conflict) when (conflict.Kind is ClusterErrorKind.Conflict && attempt < PatchAttempts)
                {
                    // The operator, or another stage, wrote first: read what they wrote and decide again.
                }
            }
        }
        catch (ClusterException error)
        {
            return progress.After(error);
        }
    }

    private async Task<StackProgress> PatchAsync(StackProgress progress, StackSnapshot stack, CancellationToken cancellationToken)
    {
        // A crash may have come between the patch and its record: our own request on the Stack is as good as a new one.
        var isOurs = stack.ReconcileRequest == promotion.Name && stack.Commit == config.Commit;
        var patched = isOurs
            ? stack
            : await client.RequestRunAsync(progress.Stack, stack.ResourceVersion, config.Commit, promotion.Name, cancellationToken);
        return progress with
        {
            State = StackProgressState.Requested,
            Generation = patched.Generation,
            PreviousUpdate = stack.LastUpdate is { } last && last.ReconcileRequest != promotion.Name ? last.Name : null,
            Type = patched.Preview ? "preview" : "up",
            PulumiStack = patched.PulumiStack,
            Message = $"Asked for {(patched.Preview ? "a preview" : "an update")} to {config.Commit[..7]}.",
        };
    }

    private string? Refuse(StackSnapshot? stack, StackReference reference)
    {
        if (stack is null || stack.IsBeingDeleted)
        {
            return stack is null
                ? $"There is no Stack {reference.Name} in namespace {reference.Namespace} of cluster {reference.Cluster}."
                : "The Stack is being deleted.";
        }

        if (!StackAnnotations.Authorizes(stack.Annotations.GetValueOrDefault(StackAnnotations.AuthorizedStage), promotion.Project, promotion.Stage))
        {
            return $"The Stack does not authorize stage {promotion.Project}:{promotion.Stage}. Its owner can: "
                + $"kubectl annotate stacks.pulumi.com {reference.Name} -n {reference.Namespace} {StackAnnotations.AuthorizedStage}={AuthorizedValue(stack)} --overwrite";
        }

        return config.Preview is { } wanted && wanted != stack.Preview
            ? $"The step asks for {(wanted ? "a preview" : "an update")}, but spec.preview of the Stack is {(stack.Preview ? "true" : "false")}. Waybill never switches a Stack between the two: use another Stack, or drop preview from the step."
            : null;
    }

    private string AuthorizedValue(StackSnapshot stack)
    {
        var own = $"{promotion.Project}:{promotion.Stage}";
        return stack.Annotations.GetValueOrDefault(StackAnnotations.AuthorizedStage) is { Length: > 0 } others ? $"{others},{own}" : own;
    }
}

/// <summary>What a cluster's refusal does to a Stack's progress.</summary>
internal static class StackProgressErrors
{
    /// <summary>A passing error leaves the progress where it was, its message saying why; any other ends it.</summary>
    public static StackProgress After(this StackProgress progress, ClusterException error) =>
        error.IsTransient ? progress with { Message = error.Message } : progress with { State = StackProgressState.Errored, Message = error.Message };
}
