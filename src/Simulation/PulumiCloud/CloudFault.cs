namespace Waybill.Simulation.PulumiCloud;

/// <summary>A way in which the simulated Pulumi Cloud misbehaves for one request.</summary>
public abstract record CloudFault
{
    private CloudFault()
    {
    }

    /// <summary>An error answer.</summary>
    public sealed record Error(int Code, TimeSpan? RetryAfter) : CloudFault;

    /// <summary>No answer until the caller gives up.</summary>
    public sealed record Hang : CloudFault;

    /// <summary>The connection closes without an answer.</summary>
    public sealed record Drop : CloudFault;

    /// <summary>A success that is a web page, as captive portals and wrong addresses give.</summary>
    public sealed record WebPage : CloudFault;

    /// <summary>A success of so many bytes of JSON.</summary>
    public sealed record Large(int Bytes) : CloudFault;

    /// <summary>An answer that leads elsewhere.</summary>
    public sealed record Redirect(Uri To) : CloudFault;

    public static CloudFault Status(int code) => new Error(code, null);

    /// <summary>Too many requests; Pulumi Cloud tells how long to wait, or not.</summary>
    public static CloudFault TooManyRequests(TimeSpan? retryAfter = null) => new Error(429, retryAfter);
}

/// <summary>The faults to come. Each is used up by the next request whose path contains its filter.</summary>
public sealed class CloudFaults
{
    private readonly Lock _lock = new();
    private readonly List<(CloudFault Fault, string PathPart)> _faults = [];

    public void Add(CloudFault fault, int times = 1, string pathPart = "")
    {
        lock (_lock)
        {
            _faults.AddRange(Enumerable.Repeat((fault, pathPart), times));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    internal CloudFault? Take(string path)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(f => path.Contains(f.PathPart, StringComparison.Ordinal));
            if (index < 0)
            {
                return null;
            }

            var (fault, _) = _faults[index];
            _faults.RemoveAt(index);
            return fault;
        }
    }
}
