using System.Globalization;

namespace Waybill.Functions.Durable;

/// <summary>What <see cref="ProjectOrchestrator"/> is started with, and hands on to itself.</summary>
/// <param name="Project">The project.</param>
/// <param name="At">When to look; at once when null.</param>
/// <param name="Failures">Rounds in a row that failed although they were retried.</param>
public sealed record ProjectRun(string Project, DateTimeOffset? At = null, int Failures = 0) : IOrchestrationInput
{
    public string? Problem => string.IsNullOrWhiteSpace(Project) ? "it names no project; it takes {\"Project\": ...}" : null;

    internal static string? WriteMoment(DateTimeOffset? at) => at?.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>An unreadable moment counts as now: looking once too often changes nothing.</summary>
    internal static DateTimeOffset? ReadMoment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;
}
