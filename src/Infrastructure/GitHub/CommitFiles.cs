using Octokit;

namespace Waybill.Infrastructure.GitHub;

/// <summary>The files that a commit changed, page by page.</summary>
internal sealed class CommitFiles(OctokitCalls calls)
{
    /// <summary>GitHub tells no more files of a commit than this.</summary>
    private const int FileLimit = 3000;

    /// <summary>Null when GitHub cut the list short.</summary>
    public async Task<IReadOnlyList<string>?> ListAsync(string commitPath, string what, CancellationToken cancellationToken)
    {
        var files = new List<GitHubCommitFile>();
        for (var page = 1; files.Count < FileLimit; page++)
        {
            // No page size: GitHub's own for files (300) is larger than the largest that may be asked for (100).
            var answer = await calls.GetAsync<GitHubCommit>($"{commitPath}?page={page}", what, etag: null, cancellationToken);
            files.AddRange(answer.Body!.Files ?? []);
            if (!answer.HasNext)
            {
                break;
            }
        }

        return files.Count >= FileLimit ? null : [.. PathsOf(files)];
    }

    /// <summary>A renamed file changed both of its paths, as Git without rename detection says.</summary>
    public static IEnumerable<string> PathsOf(IEnumerable<GitHubCommitFile> files) =>
        files.SelectMany(f => string.IsNullOrEmpty(f.PreviousFileName) ? new[] { f.Filename } : [f.Filename, f.PreviousFileName]);
}
