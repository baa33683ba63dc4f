using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;

namespace Waybill.Engine.Ports;

/// <summary>
/// Argo CD's Applications, over the API of the cluster that Argo CD runs in. Each method but <see cref="Locate"/> is one call,
/// bounded in time. Throws <see cref="ClusterException"/> for everything that is not an answer about the object.
/// </summary>
public interface IArgoCdClient
{
    /// <summary>
    /// Where an Application of this name would be: in the cluster that the settings name for Argo CD, and in its own namespace unless
    /// another one is given. Throws when the settings leave open which cluster.
    /// </summary>
    ApplicationReference Locate(string? @namespace, string name);

    /// <summary>The Application, or null when there is none.</summary>
    Task<ApplicationSnapshot?> GetAsync(ApplicationReference application, CancellationToken cancellationToken);

    /// <summary>
    /// The Applications in a namespace (Argo CD's own unless given) with these labels, in Kubernetes' notation. Throws
    /// <see cref="ClusterErrorKind.Invalid"/> when there are more than 100.
    /// </summary>
    Task<IReadOnlyList<ApplicationSnapshot>> ListAsync(string? @namespace, string labelSelector, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for a sync in one merge patch against the snapshot's version: a hard refresh, the changed sources if any, the operation,
    /// and the state of the operation before wiped out, which Argo CD would otherwise mistake for this one's (argo-cd issue 20875).
    /// A stale version is <see cref="ClusterErrorKind.Conflict"/>.
    /// </summary>
    Task SyncAsync(ApplicationSnapshot application, ApplicationSync sync, CancellationToken cancellationToken);

    /// <summary>Asks Argo CD to look again; a hard refresh forgets what it remembers of Git, too.</summary>
    Task RefreshAsync(ApplicationReference application, bool hard, CancellationToken cancellationToken);
}

/// <summary>A sync to ask for.</summary>
/// <param name="Promotion">The promotion's name, which marks the operation.</param>
/// <param name="Actor">Who is behind it: sync windows hold people's operations back by rules of their own.</param>
/// <param name="IsAutomated">Whether no person is.</param>
/// <param name="Sources">All sources as they should be; null to leave them.</param>
public sealed record ApplicationSync(string Promotion, string Actor, bool IsAutomated, IReadOnlyList<JsonObject>? Sources);
