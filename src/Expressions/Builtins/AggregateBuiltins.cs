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
        Visit(name, arguments, evaluation.Budget, 0, (value, number) =>
        {
            if (extreme.Value is null || Math.Sign(number.CompareTo(extreme.Number) ?? 0) == wanted)
            {
                extreme = (value, number);
            }
        });

        return extreme.Value;
    }

    private static double Mean(Evaluation evaluation, object?[] arguments)
    {
        var (total, count) = (0.0, 0);
        Visit("mean", arguments, evaluation.Budget, 0, (_, number) => (total, count) = (total + number.Real, count + 1));

        return count == 0 ? 0.0 : total / count;
    }

    private static double Median(Evaluation evaluation, object?[] arguments)
    {
        var numbers = new List<double>();
        Visit("median", arguments, evaluation.Budget, 0, (_, number) =>
        {
            evaluation.Budget.Elements(1);
            numbers.Add(number.Real);
        });
        evaluation.Budget.Steps(ArrayBuiltins.SortingSteps(numbers.Count));
        numbers.Sort();
        var middle = numbers.Count / 2;

        return numbers.Count == 0 ? 0.0
            : numbers.Count % 2 == 1 ? numbers[middle]
            : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private static void Visit(
        string name,
        IReadOnlyList<object?> values,
        Budget budget,
        int depth,
        Action<object?, Number> visit)
    {
        var inner = Depth.Next(depth);
        for (var index = 0; index < values.Count; index++)
        {
            budget.Step();
            var value = values[index];
            if (Number.TryGet(value, out var number))
            {
                visit(value, number);
            }
            else
            {
                var nested = value as IReadOnlyList<object?>
                    ?? throw new Fault($"{name}: expected numbers, got {ValueKind.Name(value)}");
                Visit(name, nested, budget, inner, visit);
            }
        }
    }
}
