using Waybill.Domain.PulumiCloud;
using Waybill.Engine.Ports;

namespace Waybill.Engine.PulumiCloud;

/// <summary>Stands where no head set Pulumi Cloud up: nobody to ask, which is normal.</summary>
internal sealed class AbsentPulumiCloudClient : IPulumiCloudClient
{
    public string ConsoleHost => "";

    public bool IsConfigured => false;

    public bool CanAsk(string organization) => false;

    public Task<CloudRun> GetRunAsync(RunPermalink permalink, CancellationToken cancellationToken) => throw Absent();

    public Task<IReadOnlyList<CloudRun>> ListRunsAsync(PulumiStackName stack, bool previews, int limit, CancellationToken cancellationToken) => throw Absent();

    private static InvalidOperationException Absent() => new("There is no Pulumi Cloud to ask.");
}
