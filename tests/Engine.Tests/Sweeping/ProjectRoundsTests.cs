using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Engine.Sweeping;

namespace Waybill.Engine.Tests.Sweeping;

public sealed class ProjectRoundsTests
{
    [Fact]
    public async Task A_project_in_trouble_holds_up_no_other_and_the_run_shows_as_failed()
    {
        var pipelines = new TwoProjects();
        List<string> visited = [];

        var error = await Assert.ThrowsAsync<AggregateException>(() => new ProjectRounds(pipelines, NullLogger<ProjectRounds>.Instance).RunAsync(
            "sweep",
            pipeline =>
            {
                visited.Add(pipeline.Project);
                return visited.Count == 1 ? throw new StorageUnavailableException("Away.") : Task.CompletedTask;
            },
            CancellationToken.None));

        Assert.Equal(2, visited.Count);
        Assert.Contains("1 of 2 projects", error.Message, StringComparison.Ordinal);
    }

    private sealed class TwoProjects : IPipelineSource
    {
        public IReadOnlyDictionary<string, Pipeline> Pipelines { get; } = new Dictionary<string, Pipeline>
        {
            ["one"] = new() { Project = "one" },
            ["two"] = new() { Project = "two" },
        };

        public IReadOnlyList<string> Problems => [];
    }
}
