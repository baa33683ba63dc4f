using Waybill.Domain.PulumiCloud;

namespace Waybill.Engine.Ports;

/// <summary>
/// Pulumi Cloud's records of runs. Each method is one request, bounded in time and size. Throws <see cref="PulumiCloudException"/>
/// for everything that is not an answer about the stack.
/// </summary>
public interface IPulumiCloudClient
{
    /// <summary>The host of the pages that permalinks lead to; permalinks to another are of another backend.</summary>
    string ConsoleHost { get; }

    /// <summary>Whether there is a token for anybody: without one Pulumi Cloud is no witness, which is normal.</summary>
    bool IsConfigured { get; }

    /// <summary>Whether there is a token for an organization.</summary>
    bool CanAsk(string organization);

    /// <summary>The one record that a permalink leads to.</summary>
    Task<CloudRun> GetRunAsync(RunPermalink permalink, CancellationToken cancellationToken);

    /// <summary>A stack's newest updates, or its newest previews since the last update; newest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<CloudRun>> ListRunsAsync(PulumiStackName stack, bool previews, int limit, CancellationToken cancellationToken);
}

/// <summary>Pulumi Cloud did not answer about the stack; the message names the stack and the remedy where there is one, never a token.</summary>
public sealed class PulumiCloudException(PulumiCloudErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public PulumiCloudErrorKind Kind { get; } = kind;

    /// <summary>How long Pulumi Cloud asked us to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether trying again later may help without anybody mending anything.</summary>
    public bool IsTransient => Kind is PulumiCloudErrorKind.RateLimited or PulumiCloudErrorKind.Unavailable;
}

/// <summary>The ways Pulumi Cloud can refuse.</summary>
public enum PulumiCloudErrorKind
{
    /// <summary>401 or 403: the token is wrong, expired or too weak.</summary>
    Unauthorized,

    /// <summary>404: no such stack or run, or the token may not see it.</summary>
    NotFound,

    /// <summary>429.</summary>
    RateLimited,

    /// <summary>5xx, no connection, no answer in time, or a page that is not Pulumi Cloud's.</summary>
    Unavailable,

    /// <summary>An answer that can't be used: too large, or of another shape.</summary>
    Unreadable,
}
