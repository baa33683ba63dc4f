using System.Text.RegularExpressions;
using Waybill.Domain.Pipelines;

namespace Waybill.Web.Pages;

/// <summary>A stage's colour, from the annotation that Kargo's dashboard reads: a name of its palette or <c>#rrggbb</c>.</summary>
internal static partial class StageColor
{
    private const string Annotation = "kargo.akuity.io/color";
    private const string Fallback = "#8a94a3";

    private static readonly IReadOnlyDictionary<string, string> Palette = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["gray"] = Fallback,
        ["red"] = "#dc4a4a",
        ["orange"] = "#e07b39",
        ["amber"] = "#d99a1c",
        ["yellow"] = "#cdb026",
        ["lime"] = "#86b32d",
        ["green"] = "#3fa35b",
        ["emerald"] = "#1fa27a",
        ["teal"] = "#2a9d96",
        ["cyan"] = "#2a9cb8",
        ["sky"] = "#3b97d3",
        ["blue"] = "#4778d9",
        ["indigo"] = "#6366d1",
        ["violet"] = "#8560d1",
        ["purple"] = "#9b5bc9",
        ["fuchsia"] = "#bf54b8",
        ["pink"] = "#d1578f",
        ["rose"] = "#d6506b",
    };

    /// <summary>As <c>#rrggbb</c>, whatever the annotation says.</summary>
    public static string Of(Stage stage)
    {
        var text = stage.Annotations.GetValueOrDefault(Annotation)?.Trim() ?? "";
        return Palette.GetValueOrDefault(text) ?? (Hex().IsMatch(text) ? text : Fallback);
    }

    [GeneratedRegex(@"\A#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\z")]
    private static partial Regex Hex();
}
