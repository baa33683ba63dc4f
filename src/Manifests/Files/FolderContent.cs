using System.Security.Cryptography;
using System.Text;

namespace Waybill.Manifests.Files;

/// <summary>What a folder holds at one moment.</summary>
/// <param name="Files">The manifest files that could be read.</param>
/// <param name="Problems">What could not be.</param>
internal sealed record FolderContent(IReadOnlyList<ManifestFile> Files, IReadOnlyList<ManifestProblem> Problems)
{
    /// <summary>Differs whenever a name, a content or a problem does.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{file.Path}\0{file.Content.Length}\0"));
            hash.AppendData(file.Content.Span);
        }

        foreach (var problem in Problems)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{problem}"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
