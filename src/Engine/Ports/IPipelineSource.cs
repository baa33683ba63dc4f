using Waybill.Domain.Pipelines;

namespace Waybill.Engine.Ports;

/// <summary>The pipelines in force. A broken reload keeps the last good ones.</summary>
public interface IPipelineSource
{
    /// <summary>All pipelines, by project name.</summary>
    IReadOnlyDictionary<string, Pipeline> Pipelines { get; }

    /// <summary>What is wrong with the manifests that were not taken over; empty when the newest are in force.</summary>
    IReadOnlyList<string> Problems { get; }
}
