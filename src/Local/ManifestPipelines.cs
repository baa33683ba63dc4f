using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Local.Starting;
using Waybill.Manifests;

namespace Waybill.Local;

/// <summary>The pipelines of the manifests' folder; when they change, every project is looked at anew.</summary>
internal sealed class ManifestPipelines : IPipelineSource, IDisposable
{
    private readonly ManifestFolder _folder;

    public ManifestPipelines(LocalSettings settings, TimeProvider time, IServiceProvider services, ILogger<ManifestPipelines> logger)
    {
        _folder = new ManifestFolder(settings.Manifests ?? Path.Combine(AppContext.BaseDirectory, "samples"), time: time);
        _folder.Changed += (_, _) => Announce(services, logger);
    }

    public IReadOnlyDictionary<string, Pipeline> Pipelines => _folder.Current;

    public IReadOnlyList<string> Problems => [.. _folder.Problems.Select(p => p.ToString())];

    public void Dispose() => _folder.Dispose();

    private void Announce(IServiceProvider services, ILogger logger)
    {
        foreach (var problem in Problems)
        {
            logger.LogError("The manifests were not taken over, the last good ones stay in force: {Problem}", problem);
        }

        foreach (var project in Pipelines.Keys)
        {
            _ = services.GetRequiredService<IDriver>().EvaluateProjectAsync(project, null, CancellationToken.None);
        }
    }
}
