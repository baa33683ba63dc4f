namespace Waybill.Domain.WorkTrees;

/// <summary>Paths of a promotion's working directory: relative, with slashes, empty for the directory itself.</summary>
public static class PathRules
{
    /// <summary>
    /// Without <c>.</c>, doubled slashes and resolved <c>..</c>. Null when the path leads out of the working directory or into
    /// a <c>.git</c>. A leading slash means the working directory, as in Kargo.
    /// </summary>
    public static string? Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Replace('\\', '/').Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case ".." when parts.Count == 0:
                    return null;
                case "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return parts.Exists(p => p.Equals(".git", StringComparison.OrdinalIgnoreCase)) || path.Any(char.IsControl) ? null : string.Join('/', parts);
    }

    /// <summary>Whether a path is a directory itself or below it.</summary>
    public static bool IsWithin(string path, string directory) =>
        directory.Length == 0 || path == directory
        || (path.Length > directory.Length && path[directory.Length] == '/' && path.StartsWith(directory, StringComparison.Ordinal));

    /// <summary>What a path is called below a directory that it is within.</summary>
    public static string Below(string path, string directory) =>
        directory.Length == 0 ? path : path.Length == directory.Length ? "" : path[(directory.Length + 1)..];

    /// <summary>Puts two paths together.</summary>
    public static string Join(string directory, string path) =>
        directory.Length == 0 ? path : path.Length == 0 ? directory : $"{directory}/{path}";

    /// <summary>The directory that a path is in.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";
}
