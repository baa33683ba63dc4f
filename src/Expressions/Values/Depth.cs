namespace Waybill.Expressions.Values;

/// <summary>Counts how deep a walk over nested values is, so that none overflows the stack.</summary>
internal static class Depth
{
    public static int Next(int depth) =>
        depth < ParseLimits.MaxValueDepth
            ? depth + 1
            : throw Fault.Limit(
                nameof(ParseLimits.MaxValueDepth),
                $"the value nests deeper than {ParseLimits.MaxValueDepth} arrays and maps (MaxValueDepth)");
}
