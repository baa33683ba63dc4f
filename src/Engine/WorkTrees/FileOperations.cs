using System.Text.Json.Nodes;
using Waybill.Domain.WorkTrees;

namespace Waybill.Engine.WorkTrees;

/// <summary>The recorded operations that are not a change to one file's text.</summary>
internal static class FileOperations
{
    public const string Copy = "copy";
    public const string Delete = "delete";

    /// <summary>The kinds that set a whole file without regard to what was in it: on another version of the file they can't be made again.</summary>
    private static readonly HashSet<string> WholeFile = [Copy, Delete, FileWriteEditor.Name];

    public static bool IsCopy(this FileEdit edit) => edit.Kind == Copy;

    public static bool IsDelete(this FileEdit edit) => edit.Kind == Delete;

    public static bool IsOfText(this FileEdit edit) => edit.Kind is not (Copy or Delete);

    public static bool IsWholeFile(this FileEdit edit) => WholeFile.Contains(edit.Kind);

    public static FileEdit CopyOf(string from, string to, string? ignore) =>
        new(to, Copy, ignore is null ? new JsonObject { ["from"] = from } : new JsonObject { ["from"] = from, ["ignore"] = ignore });

    public static FileEdit DeletionOf(string path) => new(path, Delete, []);

    public static string Source(this FileEdit copy) => (string)copy.Arguments["from"]!;

    /// <summary>What a copy leaves out.</summary>
    public static IgnoreRules Ignored(this FileEdit copy) => IgnoreRules.Parse((string?)copy.Arguments["ignore"] ?? "");
}
