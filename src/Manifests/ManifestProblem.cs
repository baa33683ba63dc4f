namespace Waybill.Manifests;

/// <summary>Something to tell the author of a manifest, and where it is.</summary>
/// <param name="File">The file, or the folder itself when no file is to blame.</param>
/// <param name="Line">Counted from 1; zero when the whole file is meant.</param>
/// <param name="Column">Counted from 1; zero when the whole file is meant.</param>
/// <param name="Path">The field within its document, such as <c>spec.steps[2].config</c>; empty for the document itself.</param>
/// <param name="Message">What is wrong and, where it is not obvious, the remedy.</param>
public sealed record ManifestProblem(string File, int Line, int Column, string Path, string Message)
{
    public override string ToString()
    {
        var position = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        return Path.Length > 0 ? $"{position} {Path}: {Message}" : $"{position}: {Message}";
    }

    internal static IEnumerable<ManifestProblem> InOrder(IEnumerable<ManifestProblem> problems) => problems
        .Distinct()
        .OrderBy(p => p.File, StringComparer.Ordinal)
        .ThenBy(p => p.Line)
        .ThenBy(p => p.Column)
        .ThenBy(p => p.Path, StringComparer.Ordinal);
}
