using System.Text.Json;

namespace Waybill.Local.Simulated;

/// <summary>A commit of the simulated program.</summary>
/// <param name="Message">Its message.</param>
/// <param name="File">The file it changes.</param>
/// <param name="Fails">Whether <c>pulumi up</c> fails with it.</param>
public sealed record DemoCommit(string Message, string File, bool Fails);

/// <summary>The commits pushed to the simulated program so far, kept in a file: replaying them gives the same hashes.</summary>
internal sealed class DemoCommits
{
    private static readonly DemoCommit[] Stories =
    [
        new("Serve the site from a bucket\n\nOne bucket a stage, public read.", "index.ts", false),
        new("Tag every resource with its owner", "tags.ts", false),
        new("Keep thirty days of access logs", "logs.ts", false),
        new("Turn on versioning for the site's bucket", "index.ts", false),
        new("Raise the alarm when errors exceed one percent", "alarms.ts", false),
    ];

    private static readonly DemoCommit Broken = new("Rename the bucket\n\nThe new name is taken, which pulumi up will find out.", "index.ts", true);

    private readonly string _path;
    private readonly List<DemoCommit> _commits;

    private DemoCommits(string path, List<DemoCommit> commits) => (_path, _commits) = (path, commits);

    public IReadOnlyList<DemoCommit> All => _commits;

    public static DemoCommits Open(string path) =>
        new(path, File.Exists(path) ? JsonSerializer.Deserialize<List<DemoCommit>>(File.ReadAllText(path))! : []);

    /// <summary>The next commit, kept before anybody sees it.</summary>
    public DemoCommit Next(bool failing)
    {
        var commit = failing ? Broken : Stories[_commits.Count(c => !c.Fails) % Stories.Length];
        _commits.Add(commit);
        File.WriteAllText($"{_path}.new", JsonSerializer.Serialize(_commits));
        File.Move($"{_path}.new", _path, overwrite: true);
        return commit;
    }
}
