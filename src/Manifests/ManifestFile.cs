using System.Text;

namespace Waybill.Manifests;

/// <summary>One file of a folder of manifests.</summary>
/// <param name="Path">The path within the folder, with forward slashes; problems name it.</param>
/// <param name="Content">The bytes, which should be UTF-8.</param>
public sealed record ManifestFile(string Path, ReadOnlyMemory<byte> Content)
{
    public static ManifestFile FromText(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}
