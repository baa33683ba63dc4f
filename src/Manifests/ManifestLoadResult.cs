using Waybill.Domain.Pipelines;

namespace Waybill.Manifests;

/// <summary>What a folder of manifests says.</summary>
public sealed record ManifestLoadResult
{
    /// <summary>One pipeline a project, by project name in ordinal order; empty when there are errors, so that none is half taken over.</summary>
    public IReadOnlyList<Pipeline> Pipelines { get; init; } = [];

    /// <summary>Everything that is wrong in all files, sorted by file and position.</summary>
    public IReadOnlyList<ManifestProblem> Errors { get; init; } = [];

    /// <summary>What is not wrong but may surprise: documents and fields without effect here.</summary>
    public IReadOnlyList<ManifestProblem> Notices { get; init; } = [];

    public bool Succeeded => Errors.Count == 0;
}
