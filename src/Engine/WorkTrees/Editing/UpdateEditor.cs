using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees.Editing;

/// <summary><c>yaml-update</c>, <c>json-update</c> and <c>toml-update</c>: sets values, <c>{ "updates": [{ "key", "value" }] }</c>.</summary>
public sealed class UpdateEditor(IFileFormat format) : IFileEditor
{
    private const char ByteOrderMark = '\uFEFF';

    public string Kind => $"{format.Name}-update";

    public string Apply(string? before, JsonObject arguments)
    {
        if (before is null)
        {
            throw new FileEditException("there is no such file");
        }

        EditLimits.Check(before);
        var updates = FileUpdate.ReadAll(arguments);

        // A byte order mark is no part of what the file says.
        var after = before.StartsWith(ByteOrderMark) ? ByteOrderMark + format.Update(before[1..], updates) : format.Update(before, updates);
        EditLimits.Check(after);
        return after;
    }
}
