using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Files;

/// <summary>Says which file a problem is in.</summary>
internal static class FilePaths
{
    public static async Task<T> NamedAsync<T>(string path, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (FileEditException error) when (!error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new FileEditException($"{path}: {error.Message}.", error);
        }
    }
}
