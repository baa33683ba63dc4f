using Waybill.Domain.PulumiCloud;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>A Pulumi Cloud that knows what a test says. Off until the test says anything: then a call is a mistake.</summary>
internal sealed class Cloud : IPulumiCloudClient
{
    public const string WebhookSecret = "the secret of Pulumi's webhooks";

    private readonly Dictionary<string, CloudRun> _runs = [];
    private readonly Queue<PulumiCloudException> _faults = [];

    /// <summary>Every call in order: what a permalink leads to, or <c>list</c>.</summary>
    public List<string> Calls { get; } = [];

    public string ConsoleHost => "app.pulumi.com";

    public bool IsConfigured { get; set; }

    /// <summary>What a list of runs gives, newest first.</summary>
    public List<CloudRun> Listed { get; } = [];

    public bool CanAsk(string organization) => IsConfigured && organization == "acme";

    /// <summary>There is a record of a run, under the name that people call it.</summary>
    public void Has(string subject, CloudRun run) => (IsConfigured, _runs[subject]) = (true, run);

    /// <summary>The next call fails like this.</summary>
    public void Fails(PulumiCloudErrorKind kind, int times = 1, TimeSpan? retryAfter = null)
    {
        IsConfigured = true;
        for (var i = 0; i < times; i++)
        {
            _faults.Enqueue(new PulumiCloudException(kind, $"acme/shop/dev: {kind} on purpose.") { RetryAfter = retryAfter });
        }
    }

    public Task<CloudRun> GetRunAsync(RunPermalink permalink, CancellationToken cancellationToken)
    {
        Record(permalink.Subject);
        return Task.FromResult(_runs.TryGetValue(permalink.Subject, out var run)
            ? run
            : throw new InvalidOperationException($"Nobody expected a call about {permalink.Subject}."));
    }

    public Task<IReadOnlyList<CloudRun>> ListRunsAsync(PulumiStackName stack, bool previews, int limit, CancellationToken cancellationToken)
    {
        Record("list");
        return Task.FromResult<IReadOnlyList<CloudRun>>([.. Listed.Take(limit)]);
    }

    private void Record(string call)
    {
        Calls.Add(call);
        if (_faults.TryDequeue(out var fault))
        {
            throw fault;
        }
    }
}
