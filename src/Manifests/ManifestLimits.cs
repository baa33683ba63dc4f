namespace Waybill.Manifests;

/// <summary>What one folder of manifests may ask of the loader, whoever wrote it.</summary>
public static class ManifestLimits
{
    /// <summary>Bytes of one file: 1 MiB.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    /// <summary>Manifest files of one folder, its subfolders included.</summary>
    public const int MaxFiles = 1_000;

    /// <summary>Folders within each other.</summary>
    public const int MaxFolderDepth = 16;

    /// <summary>Documents of one file.</summary>
    public const int MaxDocuments = 1_000;

    /// <summary>Mappings and lists within each other.</summary>
    public const int MaxNesting = 64;

    /// <summary>Values of one document, aliases counted as what they stand for.</summary>
    public const int MaxValues = 50_000;

    /// <summary>Problems that are reported; a last one says how many more there are.</summary>
    public const int MaxProblems = 1_000;
}
