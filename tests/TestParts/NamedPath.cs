namespace Waybill.TestParts;

/// <summary>Paths that environment variables name. A variable that names nothing is a mistake, never a reason to skip.</summary>
internal static class NamedPath
{
    /// <summary>The path that the variable names, or null where it is unset; throws where nothing is at that path.</summary>
    public static string? FromEnvironment(string variable)
    {
        var path = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrWhiteSpace(path))
        {
            return null;
        }

        return Path.Exists(path)
            ? Path.GetFullPath(path)
            : throw new FileNotFoundException(
                $"{variable} names '{path}', which is not there. Correct it, or unset it to skip the tests that need it.");
    }
}
