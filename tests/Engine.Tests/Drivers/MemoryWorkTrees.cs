using System.Text.Json.Nodes;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Steps;
using Waybill.Engine.Steps.Files;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>A working directory of files in memory; what steps do to them is replayed from the promotion's record.</summary>
internal sealed class MemoryWorkTrees : IWorkTrees
{
    public Dictionary<string, string> Files { get; } = [];

    public IWorkTree Open(StepContext context) => new MemoryWorkTree(Files, context.Promotion.WorkTree);

    /// <summary>A file as a promotion left it.</summary>
    public string? Read(WorkTree? state, string path) => Text(Files, state ?? WorkTree.Empty, path);

    private static string? Text(Dictionary<string, string> files, WorkTree state, string path)
    {
        var before = files.GetValueOrDefault(path);
        return state.Edits.Where(e => e.Path == path).Aggregate(before, (text, edit) => Editor(edit.Kind).Apply(text, edit.Arguments));
    }

    private static IFileEditor Editor(string kind) => FileSteps.Editors.Single(e => e.Kind == kind);

    private sealed class MemoryWorkTree(Dictionary<string, string> files, WorkTree state) : IWorkTree
    {
        public WorkTree State { get; private set; } = state;

        public Task<string?> ReadAsync(string path, CancellationToken cancellationToken) => Task.FromResult(Text(files, State, Inside(path)));

        public async Task<bool> EditAsync(string path, string kind, JsonObject arguments, CancellationToken cancellationToken)
        {
            var before = await ReadAsync(path, cancellationToken);
            if (Editor(kind).Apply(before, arguments) == before)
            {
                return false;
            }

            State = State with { Edits = [.. State.Edits, new FileEdit(Inside(path), kind, arguments)] };
            return true;
        }

        private static string Inside(string path) => path.Contains("..", StringComparison.Ordinal)
            ? throw new WorkTreeException($"{path} leads out of the working directory.")
            : path.TrimStart('.', '/');
    }
}
