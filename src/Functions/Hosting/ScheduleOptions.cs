using Microsoft.Extensions.Options;

namespace Waybill.Functions.Hosting;

/// <summary>
/// The timers' schedules: app settings of these names, which the host reads in <c>%Name%</c>. NCRONTAB in UTC with six fields, the
/// first being seconds.
/// </summary>
public sealed class ScheduleOptions
{
    public string? SweepSchedule { get; set; }

    public string? HealthSchedule { get; set; }

    public string? PollSchedule { get; set; }

    public string? HousekeepingSchedule { get; set; }
}

/// <summary>Finds missing and misshapen schedules at start; the host would only say that a function can't be indexed.</summary>
internal sealed class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>
{
    private const string Allowed = "0123456789*/,-";

    public ValidateOptionsResult Validate(string? name, ScheduleOptions options)
    {
        (string Key, string? Value, string Example)[] schedules =
        [
            (nameof(options.SweepSchedule), options.SweepSchedule, "0 */5 * * * *"),
            (nameof(options.HealthSchedule), options.HealthSchedule, "30 */5 * * * *"),
            (nameof(options.PollSchedule), options.PollSchedule, "15 */5 * * * *"),
            (nameof(options.HousekeepingSchedule), options.HousekeepingSchedule, "45 7 * * * *"),
        ];
        var problems = schedules.Where(s => !IsSchedule(s.Value))
            .Select(s => $"{s.Key} is {(string.IsNullOrEmpty(s.Value) ? "missing" : $"\"{s.Value}\"")}: set it to six NCRONTAB fields, such as \"{s.Example}\".")
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>The shape only. Names of days and months are left to the host.</summary>
    private static bool IsSchedule(string? text) =>
        text?.Split(' ') is { Length: 6 } fields && fields.All(f => f.Length > 0 && f.All(c => Allowed.Contains(c, StringComparison.Ordinal) || char.IsAsciiLetter(c)));
}
