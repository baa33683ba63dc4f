using Microsoft.Extensions.Options;

namespace Waybill.Engine.Housekeeping;

/// <summary>How long things are kept, under <c>Retention</c>. Kargo's defaults. The audit is kept for ever.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Promotions a stage keeps beyond those that are not over and those after them.</summary>
    public int PromotionsPerStage { get; set; } = 20;

    /// <summary>Freight a warehouse keeps beyond what is in use and what came after that.</summary>
    public int FreightPerWarehouse { get; set; } = 20;

    /// <summary>Nothing younger is removed.</summary>
    public TimeSpan MinAge { get; set; } = TimeSpan.FromHours(336);

    /// <summary>How long a driver's own records of what is over are kept, where it has any.</summary>
    public TimeSpan Orchestrations { get; set; } = TimeSpan.FromDays(7);
}

/// <summary>Checks the settings of retention at start.</summary>
internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    private const int Most = 500;

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        List<string> problems =
        [
            .. Count(nameof(options.PromotionsPerStage), options.PromotionsPerStage),
            .. Count(nameof(options.FreightPerWarehouse), options.FreightPerWarehouse),
            .. Span(nameof(options.MinAge), options.MinAge, TimeSpan.Zero),
            .. Span(nameof(options.Orchestrations), options.Orchestrations, TimeSpan.FromHours(1)),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Count(string key, int value)
    {
        if (value is < 1 or > Most)
        {
            yield return $"Retention:{key} is {value}: set a number from 1 to {Most}.";
        }
    }

    private static IEnumerable<string> Span(string key, TimeSpan value, TimeSpan least)
    {
        if (value < least)
        {
            yield return $"Retention:{key} is {value}: set a time of at least {least}, such as 14.00:00:00.";
        }
    }
}
