namespace Waybill.Domain.ArgoCd;

/// <summary>The annotations that Waybill reads and writes on Applications: Kargo's and Argo CD's.</summary>
public static class ApplicationAnnotations
{
    /// <summary>Kargo's: the stages that may sync the Application, <c>project:stage[,project:stage]</c>.</summary>
    public const string AuthorizedStage = "kargo.akuity.io/authorized-stage";

    /// <summary>Argo CD's: <c>normal</c> or <c>hard</c> asks it to look again; it takes the annotation away when it has.</summary>
    public const string Refresh = "argocd.argoproj.io/refresh";

    /// <summary>Kargo's name for the promotion among an operation's <c>info</c>.</summary>
    public const string PromotionInfo = "kargo.akuity.io/promotion";

    /// <summary>
    /// Why a stage may not sync the Application; null when it may. One wrong entry spoils the list, as in Kargo: a pattern that
    /// is not understood must not look like a grant that works.
    /// </summary>
    public static string? WhyNotAuthorized(string? value, string project, string stage)
    {
        var entries = (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var entry in entries)
        {
            if (entry.Split(':', StringSplitOptions.TrimEntries) is not [{ Length: > 0 }, { Length: > 0 }])
            {
                return $"its annotation {AuthorizedStage} has the entry \"{entry}\", which is not project:stage";
            }

            if (entry.Contains('*', StringComparison.Ordinal))
            {
                return $"its annotation {AuthorizedStage} has the pattern \"{entry}\", and patterns are not understood: name each stage";
            }
        }

        var isNamed = entries.Any(e => e.Split(':', StringSplitOptions.TrimEntries) is [var p, var s] && p == project && s == stage);
        return isNamed ? null : $"it does not authorize stage {project}:{stage}";
    }

    /// <summary>The annotation's value with a stage added to the entries that are fine.</summary>
    public static string WithStage(string? value, string project, string stage)
    {
        var entries = (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(e => e.Split(':', StringSplitOptions.TrimEntries) is [{ Length: > 0 }, { Length: > 0 }] && !e.Contains('*', StringComparison.Ordinal));
        return string.Join(',', entries.Append($"{project}:{stage}"));
    }
}
