namespace Waybill.Simulation.GitHub;

/// <summary>A way in which the simulated GitHub misbehaves for one request.</summary>
public abstract record GitHubFault
{
    private GitHubFault()
    {
    }

    /// <summary>An error answer.</summary>
    public sealed record Error(int Code, string Message, IReadOnlyDictionary<string, string> Headers) : GitHubFault;

    /// <summary>No answer until the caller gives up.</summary>
    public sealed record Hang : GitHubFault;

    /// <summary>The connection closes without an answer.</summary>
    public sealed record Drop : GitHubFault;

    /// <summary>A success that is a web page, as captive portals and wrong addresses give.</summary>
    public sealed record WebPage : GitHubFault;

    public static GitHubFault Status(int status, string message = "Server Error") => new Error(status, message, new Dictionary<string, string>());

    /// <summary>The hourly limit is used up.</summary>
    public static GitHubFault PrimaryLimit(DateTimeOffset reset, int status = 403) => new Error(
        status,
        "API rate limit exceeded for user ID 1.",
        new Dictionary<string, string> { ["x-ratelimit-remaining"] = "0", ["x-ratelimit-reset"] = $"{reset.ToUnixTimeSeconds()}" });

    /// <summary>Too much at once; GitHub tells how long to wait, or not.</summary>
    public static GitHubFault SecondaryLimit(TimeSpan? retryAfter, int status = 403) => new Error(
        status,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        retryAfter is { } wait ? new Dictionary<string, string> { ["retry-after"] = $"{wait.TotalSeconds:0}" } : []);
}

/// <summary>The faults to come, in order. Each is used up by the next request whose path contains its filter.</summary>
public sealed class GitHubFaults
{
    private readonly Lock _lock = new();
    private readonly Queue<(GitHubFault Fault, string PathPart)> _queue = new();

    public void Enqueue(GitHubFault fault, int times = 1, string pathPart = "")
    {
        lock (_lock)
        {
            for (var i = 0; i < times; i++)
            {
                _queue.Enqueue((fault, pathPart));
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _queue.Clear();
        }
    }

    internal GitHubFault? Take(string path)
    {
        lock (_lock)
        {
            return _queue.TryPeek(out var next) && path.Contains(next.PathPart, StringComparison.Ordinal) ? _queue.Dequeue().Fault : null;
        }
    }
}
