namespace Waybill.Engine.WorkTrees.Editing;

/// <summary>What a file may ask of those who read and change it.</summary>
public static class EditLimits
{
    /// <summary>Characters of one file: 1 Mi.</summary>
    public const int MaxCharacters = 1024 * 1024;

    /// <summary>Mappings and lists within each other.</summary>
    public const int MaxDepth = 64;

    /// <summary>Values of one document, aliases counted as what they stand for.</summary>
    public const int MaxValues = 100_000;

    /// <exception cref="FileEditException">The text is larger than is read.</exception>
    public static void Check(string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw new FileEditException($"larger than {MaxCharacters / 1024} Ki characters");
        }
    }
}
