namespace Waybill.Manifests.Reading;

/// <summary>A position in a file and the field that stands there.</summary>
internal sealed record Place(string File, int Line, int Column, string Path)
{
    public static Place WholeFile(string file) => new(file, 0, 0, "");

    /// <summary>How another problem's message refers to this place.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
