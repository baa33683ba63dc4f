using System.Security.Cryptography;
using System.Text;

namespace Waybill.Domain.Freights;

/// <summary>Kargo's content hashes, byte for byte, so that both tools call the same freight by the same name.</summary>
public static class FreightIdentity
{
    /// <summary>The identity of freight: SHA-1 over its origin and its commits in canonical order, in lower-case hexadecimal.</summary>
    public static string Of(string warehouse, IEnumerable<GitCommit> commits)
    {
        var parts = commits.Select(Part).Order(StringComparer.Ordinal);
        return Hash($"Warehouse/{warehouse}:{string.Join('|', parts)}");
    }

    /// <summary>The identity of a set of freight that a stage holds together.</summary>
    public static string OfCollection(IEnumerable<string> freightIds) =>
        Hash(string.Join(',', freightIds.Order(StringComparer.Ordinal)));

    private static string Part(GitCommit commit)
    {
        var part = GitUrl.Normalize(commit.RepoUrl);
        part = commit.Tag is { Length: > 0 } tag ? $"{part}:{tag}:{commit.Id}" : $"{part}:{commit.Id}";
        return commit.Subscription is { Length: > 0 } name ? $"{part}:{name}" : part;
    }

    // SHA-1 names content here, as in Git; nothing trusts it against forgery.
#pragma warning disable CA5350
    private static string Hash(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
