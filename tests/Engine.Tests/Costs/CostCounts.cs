using System.Globalization;

namespace Waybill.Engine.Tests.Costs;

/// <summary>The table of counts in docs/cost.md, by key.</summary>
internal static class CostCounts
{
    private const string Start = "<!-- counts -->";
    private const string End = "<!-- /counts -->";

    private static readonly Dictionary<string, int> Counts = Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cost.md")));

    public static int Of(string key) =>
        Counts.TryGetValue(key, out var count) ? count : throw new ArgumentException($"docs/cost.md counts no '{key}'.", nameof(key));

    private static Dictionary<string, int> Read(string page) => page[page.IndexOf(Start, StringComparison.Ordinal)..page.IndexOf(End, StringComparison.Ordinal)]
        .Split('\n')
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length > 3 && int.TryParse(cells[2], CultureInfo.InvariantCulture, out _))
        .ToDictionary(cells => cells[1], cells => int.Parse(cells[2], CultureInfo.InvariantCulture));
}
