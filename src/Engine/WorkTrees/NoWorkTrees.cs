using Waybill.Engine.Steps;

namespace Waybill.Engine.WorkTrees;

/// <summary>Stands in for a working directory where a head has none.</summary>
internal sealed class NoWorkTrees : IWorkTrees
{
    public IWorkTree Open(StepContext context) =>
        throw new WorkTreeException($"{context.Step.Uses}: this installation keeps no files for promotions.");
}
