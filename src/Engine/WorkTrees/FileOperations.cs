using System.Text.Json.Nodes;
using Waybill.Domain.WorkTrees;

namespace Waybill.Engine.WorkTrees;

/// <summary>The recorded operations that are not a change to one file's text.</summary>
internal static class FileOperations
{
    public const string Copy = "copy";
    public const string Delete = "delete";

    /// <summary>Deletes the files of one checkout, and none of another's within it.</summary>
    public const string Clear = "git-clear";

    /// <summary>The kinds that set a whole file without regard to what was in it: on another version of the file they can't be made again.</summary>
    private static readonly HashSet<string> WholeFile = [Copy, Delete, Clear, FileWriteEditor.Name];

    public static bool IsCopy(this FileEdit edit) => edit.Kind == Copy;

    public static bool IsDelete(this FileEdit edit) => edit.Kind is Delete or Clear;

    public static bool IsOfText(this FileEdit edit) => edit.Kind is not (Copy or Delete or Clear);

    public static bool IsWholeFile(this FileEdit edit) => WholeFile.Contains(edit.Kind);

    public static FileEdit CopyOf(string from, string to, string? ignore) =>
        new(to, Copy, ignore is null ? new JsonObject { ["from"] = from } : new JsonObject { ["from"] = from, ["ignore"] = ignore });

    public static FileEdit DeletionOf(string path) => new(path, Delete, []);

    public static FileEdit ClearanceOf(Checkout checkout) => new(checkout.Path, Clear, []);

    public static string Source(this FileEdit copy) => (string)copy.Arguments["from"]!;

    /// <summary>Whether a deletion deletes a path.</summary>
    public static bool Removes(this WorkTree tree, int edit, string path) =>
        PathRules.IsWithin(path, tree.Edits[edit].Path)
        && (tree.Edits[edit].Kind is Delete || tree.CheckoutOf(path, edit)?.Path == tree.Edits[edit].Path);

    /// <summary>What a copy leaves out.</summary>
    public static IgnoreRules Ignored(this FileEdit copy) => IgnoreRules.Parse((string?)copy.Arguments["ignore"] ?? "");
}
