using Octokit;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.GitHub;

/// <summary>A repository's tags, page by page. The list's ETag is its pages' ETags, so that a change on any page is noticed.</summary>
internal sealed class TagPages(OctokitCalls calls)
{
    private const int PageSize = 100;
    private const int MaxPages = 500;

    // An ETag is quoted and holds no blank.
    private const char Separator = ' ';

    public async Task<TagList> ListAsync(string repositoryPath, string what, string? knownETag, CancellationToken cancellationToken)
    {
        if (knownETag is not null && await IsUnchangedAsync(repositoryPath, what, knownETag.Split(Separator), cancellationToken))
        {
            return new TagList(null, knownETag);
        }

        var (tags, etags) = (new List<TagInfo>(), new List<string?>());
        for (var page = 1; page <= MaxPages; page++)
        {
            var answer = await GetAsync(repositoryPath, what, page, etag: null, cancellationToken);
            tags.AddRange(answer.Body!.Select(t => new TagInfo(t.Name, t.Commit.Sha)));
            etags.Add(answer.ETag);

            // Reading on until a page is not full means that the last ETag also guards against tags appended after it.
            if (answer.Body!.Count < PageSize)
            {
                return new TagList(tags, etags.Contains(null) ? null : string.Join(Separator, etags));
            }
        }

        throw new GitHubException(GitHubErrorKind.Unavailable, $"{what}: there are more than {MaxPages * PageSize} tags. Delete old ones or watch a branch instead.");
    }

    private async Task<bool> IsUnchangedAsync(string repositoryPath, string what, string[] etags, CancellationToken cancellationToken)
    {
        for (var page = 1; page <= etags.Length; page++)
        {
            if ((await GetAsync(repositoryPath, what, page, etags[page - 1], cancellationToken)).Body is not null)
            {
                return false;
            }
        }

        return true;
    }

    private Task<Answer<IReadOnlyList<RepositoryTag>>> GetAsync(string repositoryPath, string what, int page, string? etag, CancellationToken cancellationToken) =>
        calls.GetAsync<IReadOnlyList<RepositoryTag>>($"{repositoryPath}/tags?per_page={PageSize}&page={page}", what, etag, cancellationToken);
}
