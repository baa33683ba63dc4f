namespace Waybill.Infrastructure.Storage;

/// <summary>Which file and how long to wait for it.</summary>
/// <param name="Path">The database file; it and its folder are created when missing.</param>
public sealed record SqliteOptions(string Path)
{
    /// <summary>How long to wait for another process that holds the file.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
