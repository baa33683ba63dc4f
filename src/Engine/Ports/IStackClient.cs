using Waybill.Domain.Stacks;

namespace Waybill.Engine.Ports;

/// <summary>
/// PKO Stacks in the clusters that the settings name. Each method is one call to the API server, bounded in time.
/// Throws <see cref="ClusterException"/> for everything that is not an answer about the object.
/// </summary>
public interface IStackClient
{
    /// <summary>The Stack, or null when there is none.</summary>
    Task<StackSnapshot?> GetStackAsync(StackReference stack, CancellationToken cancellationToken);

    /// <summary>
    /// Asks the Stack for a run: sets <c>spec.commit</c>, clears <c>spec.branch</c> and sets the request annotation, in one merge
    /// patch against <paramref name="resourceVersion"/>. Returns what the Stack is then; a stale version is
    /// <see cref="ClusterErrorKind.Conflict"/>.
    /// </summary>
    Task<StackSnapshot> RequestRunAsync(StackReference stack, string resourceVersion, string commit, string request, CancellationToken cancellationToken);

    /// <summary>The Workspace of the same name as the Stack, or null when there is none.</summary>
    Task<WorkspaceSnapshot?> GetWorkspaceAsync(StackReference stack, CancellationToken cancellationToken);

    /// <summary>An Update in the Stack's namespace, or null when there is none.</summary>
    Task<UpdateSnapshot?> GetUpdateAsync(StackReference stack, string name, CancellationToken cancellationToken);
}

/// <summary>A cluster did not do what was asked; the message names the cluster, the object and, where there is one, the remedy.</summary>
public sealed class ClusterException(ClusterErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public ClusterErrorKind Kind { get; } = kind;

    /// <summary>How long the server asked us to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether trying again later may help without anybody mending anything.</summary>
    public bool IsTransient => Kind is ClusterErrorKind.Conflict or ClusterErrorKind.Throttled or ClusterErrorKind.Unavailable;
}

/// <summary>The ways a cluster can refuse.</summary>
public enum ClusterErrorKind
{
    /// <summary>No cluster of that name in the settings.</summary>
    UnknownCluster,

    /// <summary>401: the credentials are not accepted.</summary>
    Unauthorized,

    /// <summary>403: the credentials do not allow it.</summary>
    Forbidden,

    /// <summary>404 on a patch: the object went away; or the CRD is not installed.</summary>
    NotFound,

    /// <summary>409: somebody else changed the object first.</summary>
    Conflict,

    /// <summary>400 or 422: the server does not accept the content.</summary>
    Invalid,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>5xx, no connection, or no answer in time.</summary>
    Unavailable,
}
