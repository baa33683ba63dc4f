namespace Waybill.TestParts;

/// <summary>A new empty folder, removed with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const int Attempts = 5;

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("waybill-").FullName;

    /// <summary>Absolute path of something in the folder, there or not.</summary>
    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var attempt = 1; Directory.Exists(Path); attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // A program killed a moment ago may have added a file between the listing and the removal.
            }
        }
    }
}
