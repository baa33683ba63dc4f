using Waybill.Engine.AutoPromotion;

namespace Waybill.Local.Driving;

/// <summary>Lets a project's freight go where it can go by itself, whenever something happened or a soak ends.</summary>
internal sealed class ProjectWork(IServiceProvider services, string project) : IWork
{
    public async Task<NextRun> RunAsync(CancellationToken cancellationToken) =>
        new(await services.GetRequiredService<ProjectEvaluator>().EvaluateAsync(project, cancellationToken), false);

    public override string ToString() => $"Project {project}";
}
