namespace Waybill.Expressions.Runtime;

/// <summary>A predicate's view of the array it runs over: <c>#</c>, <c>#index</c>, <c>#acc</c>.</summary>
internal sealed class Iteration
{
    public object? Item { get; set; }

    public long Index { get; set; }

    public object? Accumulator { get; set; }
}
