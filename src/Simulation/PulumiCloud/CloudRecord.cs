namespace Waybill.Simulation.PulumiCloud;

/// <summary>One operation on a stack, as Pulumi Cloud keeps it.</summary>
public sealed record CloudRecord
{
    /// <summary>Its UUID.</summary>
    public required string Id { get; init; }

    /// <summary><c>update</c>, <c>refresh</c>, <c>destroy</c>, <c>import</c> or <c>rename</c>; a preview of one has a <c>P</c> before it.</summary>
    public required string Kind { get; init; }

    /// <summary><c>not-started</c>, <c>in-progress</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public string Result { get; init; } = "succeeded";

    /// <summary>The stack's version that it made; of a preview, the version that it was made against.</summary>
    public int Version { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    public string Message { get; init; } = "";

    /// <summary>What the program ran in: <c>git.head</c>, <c>exec.kind</c> and so on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How many resources each operation befell.</summary>
    public IReadOnlyDictionary<string, int> ResourceChanges { get; init; } = new Dictionary<string, int>();

    public bool IsPreview => Kind is "Pupdate";
}
