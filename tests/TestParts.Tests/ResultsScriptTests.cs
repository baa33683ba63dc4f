using System.Diagnostics;

namespace Waybill.TestParts.Tests;

/// <summary>The last line of ./verify never reads better than what happened.</summary>
public sealed class ResultsScriptTests : IDisposable
{
    private const string Whole = """<ResultSummary outcome="Completed"><Counters total="3" executed="2" passed="2" failed="0" notExecuted="0" /></ResultSummary></TestRun>""";
    private const string Failing = """<ResultSummary outcome="Failed"><Counters total="3" executed="3" passed="1" failed="2" notExecuted="0" /></ResultSummary></TestRun>""";
    private const string Crashed = """<ResultSummary outcome="Failed"><Counters total="2" executed="2" passed="2" failed="0" /><Text>The active test run was aborted. Reason: Test host process crashed</Text></ResultSummary></TestRun>""";
    private const string CrashedAfterFailing = """<ResultSummary outcome="Failed"><Counters total="2" executed="2" passed="1" failed="1" /><Text>The active test run was aborted.</Text></ResultSummary></TestRun>""";
    private const string CutOff = """<ResultSummary outcome="Completed"><Counters total="2" executed="2" passed="2" failed="0" """;
    private const string Unreadable = "disk full";
    private const string? NoReport = null;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string?[], int, int, string> Runs => new()
    {
        { [Whole], 0, 0, "2 passed, 0 failed, 1 skipped" },
        { [Whole, Whole], 0, 0, "4 passed, 0 failed, 2 skipped" },
        { [Whole, Failing], 1, 0, "3 passed, 2 failed, 1 skipped" },
        { [Whole, Crashed], 1, 0, "4 passed, 1 failed, 1 skipped" },
        { [Whole, CrashedAfterFailing], 1, 0, "3 passed, 2 failed, 1 skipped" },
        { [Whole, CutOff], 0, 0, "4 passed, 1 failed, 1 skipped" },
        { [Whole, Unreadable], 0, 0, "2 passed, 1 failed, 1 skipped" },
        { [Whole, NoReport], 0, 0, "2 passed, 1 failed, 1 skipped" },
        { [Whole], 1, 0, "2 passed, 1 failed, 1 skipped" },
        { [Whole], 0, 1, "2 passed, 1 failed, 1 skipped" },
        { [], 0, 0, "0 passed, 1 failed, 0 skipped" },
    };

    [SkippableTheory]
    [MemberData(nameof(Runs))]
    public async Task The_last_line_counts_everything_that_went_wrong(
        string?[] reports, int exitCode, int otherFailures, string lastLine)
    {
        Skip.IfNot(File.Exists("/bin/bash") || File.Exists("/usr/bin/bash"), "no bash");
        for (var i = 0; i < reports.Length; i++)
        {
            await WriteAsync($"Room{i}.Tests", reports[i]);
        }

        var (code, lines) = await SumUpAsync(exitCode, otherFailures);

        Assert.Equal(lastLine, lines[^1]);
        Assert.Equal(lastLine.Contains(" 0 failed", StringComparison.Ordinal) ? 0 : 1, code);
    }

    [SkippableFact]
    public async Task Reasons_for_skipping_are_counted_and_shown()
    {
        Skip.IfNot(File.Exists("/bin/bash") || File.Exists("/usr/bin/bash"), "no bash");
        const string skipped = """
            <UnitTestResult testName="A" outcome="NotExecuted">
              <Output><ErrorInfo>
                <Message>no browser</Message>
              </ErrorInfo></Output>
            </UnitTestResult>

            """;
        await WriteAsync("Room.Tests", skipped + skipped + Whole);

        var (_, lines) = await SumUpAsync(0, 0);

        Assert.Contains("skipped 2: no browser", lines);
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteAsync(string project, string? report)
    {
        await File.WriteAllTextAsync(_folder.Combine($"{project}.expected"), "");
        if (report is not null)
        {
            await File.WriteAllTextAsync(_folder.Combine($"{project}.trx"), report.Replace("><", ">\n<", StringComparison.Ordinal));
        }
    }

    private async Task<(int Code, string[] Lines)> SumUpAsync(int exitCode, int otherFailures)
    {
        string[] arguments = [RepositoryRoot.Combine("eng", "results.sh"), _folder.Path, $"{exitCode}", $"{otherFailures}"];
        using var script = Process.Start(new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true })!;
        var output = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, output.TrimEnd('\n').Split('\n'));
    }
}
