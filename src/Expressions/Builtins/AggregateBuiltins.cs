using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions of any number of numbers, given one by one or in arrays within arrays.</summary>
internal static class AggregateBuiltins
{
    public static readonly Builtin[] All =
    [
        new("min", 1, int.MaxValue, (evaluation, arguments) => Extreme("min", evaluation, arguments, wanted: -1)),
        new("max", 1, int.MaxValue, (evaluation, arguments) => Extreme("max", evaluation, arguments, wanted: 1)),
        new("mean", 1, int.MaxValue, (evaluation, arguments) => Mean(evaluation, arguments)),
        new("median", 1, int.MaxValue, (evaluation, arguments) => Median(evaluation, arguments)),
    ];

    private static object? Extreme(string name, Evaluation evaluation, object?[] arguments, int wanted)
    {
        (object? Value, Number Number) extreme = default;
        foreach (var (value, number) in Numbers(name, arguments, evaluation.Budget, 0))
        {
            if (extreme.Value is null || Math.Sign(number.CompareTo(extreme.Number) ?? 0) == wanted)
            {
                extreme = (value, number);
            }
        }

        return extreme.Value;
    }

    private static double Mean(Evaluation evaluation, object?[] arguments)
    {
        var total = 0.0;
        var count = 0;
        foreach (var (_, number) in Numbers("mean", arguments, evaluation.Budget, 0))
        {
            total += number.Real;
            count++;
        }

        return count == 0 ? 0.0 : total / count;
    }

    private static double Median(Evaluation evaluation, object?[] arguments)
    {
        var numbers = Numbers("median", arguments, evaluation.Budget, 0).Select(entry => entry.Number.Real).ToArray();
        evaluation.Budget.Elements(numbers.Length);
        evaluation.Budget.Steps(ArrayBuiltins.SortingSteps(numbers.Length));
        Array.Sort(numbers);
        var middle = numbers.Length / 2;

        return numbers.Length == 0 ? 0.0
            : numbers.Length % 2 == 1 ? numbers[middle]
            : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private static IEnumerable<(object Value, Number Number)> Numbers(
        string name,
        IReadOnlyList<object?> values,
        Budget budget,
        int depth)
    {
        var inner = Depth.Next(depth);
        foreach (var value in values)
        {
            budget.Step();
            if (Number.TryGet(value, out var number))
            {
                yield return (value!, number);
                continue;
            }

            var nested = value as IReadOnlyList<object?>
                ?? throw new Fault($"{name}: expected numbers, got {ValueKind.Name(value)}");
            foreach (var entry in Numbers(name, nested, budget, inner))
            {
                yield return entry;
            }
        }
    }
}
