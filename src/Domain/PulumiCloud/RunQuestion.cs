using Waybill.Domain.Stacks;

namespace Waybill.Domain.PulumiCloud;

/// <summary>What the operator said of a run, to be asked of Pulumi Cloud as well.</summary>
public sealed record RunQuestion
{
    public required StackReference Stack { get; init; }

    /// <summary><c>spec.stack</c>: <c>organization/project/stack</c>.</summary>
    public string? PulumiStack { get; init; }

    /// <summary>The run's page; empty when it failed.</summary>
    public string? Permalink { get; init; }

    /// <summary>Whether the operator says that it succeeded.</summary>
    public bool Succeeded { get; init; }

    /// <summary>The commit that was to run.</summary>
    public required string Commit { get; init; }

    /// <summary>The kind of run that was wanted: <c>up</c> or <c>preview</c>.</summary>
    public required string Type { get; init; }

    /// <summary>No run before this moment can be ours: when the promotion started.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The request annotation: the promotion's name.</summary>
    public required string Request { get; init; }

    /// <summary>The Stack's generation that was run.</summary>
    public long Generation { get; init; }

    /// <summary>Asks about the last run of a Stack, as one look at the cluster showed it.</summary>
    public static RunQuestion About(StackSnapshot stack, string commit, string type, DateTimeOffset since, string request)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return new RunQuestion
        {
            Stack = stack.Reference,
            PulumiStack = stack.PulumiStack,
            Permalink = stack.LastUpdate?.Permalink,
            Succeeded = stack.LastUpdate is { IsSuccess: true },
            Commit = commit,
            Type = type,
            Since = since,
            Request = request,
            Generation = stack.LastUpdate?.Generation ?? stack.Generation,
        };
    }
}
