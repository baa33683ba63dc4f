using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>Collects what the engine asked of the head.</summary>
internal sealed class RecordingDriver : IDriver
{
    public List<string> Driven { get; } = [];

    public List<WakeReason> Wakes { get; } = [];

    public int Evaluations { get; private set; }

    /// <summary>Forgets everything, as a process does that ends.</summary>
    public void Forget()
    {
        Driven.Clear();
        Evaluations = 0;
    }

    public Task DrivePromotionAsync(PromotionKey promotion, CancellationToken cancellationToken)
    {
        Driven.Add(promotion.Name);
        return Task.CompletedTask;
    }

    public Task WakePromotionAsync(PromotionKey promotion, WakeReason reason, CancellationToken cancellationToken)
    {
        Wakes.Add(reason);
        return DrivePromotionAsync(promotion, cancellationToken);
    }

    public Task EvaluateProjectAsync(string project, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        Evaluations++;
        return Task.CompletedTask;
    }
}

/// <summary>Collects the approval links that were sent.</summary>
internal sealed class RecordingNotifier : INotifier
{
    public List<ApprovalNotification> Sent { get; } = [];

    public Task ApprovalRequestedAsync(ApprovalNotification notification, CancellationToken cancellationToken)
    {
        Sent.Add(notification);
        return Task.CompletedTask;
    }
}

/// <summary>The pipelines that a test put in force.</summary>
internal sealed class Pipelines : IPipelineSource
{
    public Dictionary<string, Pipeline> InForce { get; } = [];

    public IReadOnlyList<string> Problems => [];

    IReadOnlyDictionary<string, Pipeline> IPipelineSource.Pipelines => InForce;
}
