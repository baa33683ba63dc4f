using Microsoft.Extensions.Logging;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Sweeping;

/// <summary>Does something for every project, so that one that is in trouble holds up no other.</summary>
public sealed partial class ProjectRounds(IPipelineSource pipelines, ILogger<ProjectRounds> logger)
{
    /// <summary>Throws when all is done, if anything failed, so that whoever runs it sees the run as failed.</summary>
    public async Task RunAsync(string what, Func<Pipeline, Task> work, CancellationToken cancellationToken)
    {
        List<Exception> failures = [];
        foreach (var pipeline in pipelines.Pipelines.Values)
        {
            try
            {
                await work(pipeline);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(failure, what, pipeline.Project);
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException($"The {what} failed for {failures.Count} of {pipelines.Pipelines.Count} projects; the next one tries again.", failures);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {What} of project {Project} failed; the next one tries again.")]
    private partial void LogFailed(Exception failure, string what, string project);
}
