namespace Waybill.Engine.Reporting;

/// <summary>What GitHub is told of promotions.</summary>
/// <param name="Statuses">Whether commits get a status for each stage.</param>
/// <param name="Deployments">Whether promotions are shown as deployments.</param>
public sealed record ReportingOptions(bool Statuses, bool Deployments)
{
    public static ReportingOptions Off { get; } = new(false, false);

    public bool IsOn => Statuses || Deployments;
}
