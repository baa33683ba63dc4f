namespace Waybill.Expressions.Values;

/// <summary>Methods of the versions that semverParse makes.</summary>
internal static class VersionMethods
{
    public static readonly Dictionary<string, Method> All = new(StringComparer.Ordinal)
    {
        ["Major"] = Read(version => Boxed.Of((long)version.Major)),
        ["Minor"] = Read(version => Boxed.Of((long)version.Minor)),
        ["Patch"] = Read(version => Boxed.Of((long)version.Patch)),
        ["Prerelease"] = Read(version => version.Prerelease),
        ["Metadata"] = Read(version => version.Metadata),
        ["String"] = Read(version => version.ToString()),
        ["Original"] = Read(version => version.Text(original: true)),
        ["IncMajor"] = Read(version => version.NextMajor()),
        ["IncMinor"] = Read(version => version.NextMinor()),
        ["IncPatch"] = Read(version => version.NextPatch()),
        ["Compare"] = Compare(order => Boxed.Of((long)order)),
        ["Equal"] = Compare(order => Boxed.Of(order == 0)),
        ["GreaterThan"] = Compare(order => Boxed.Of(order > 0)),
        ["GreaterThanEqual"] = Compare(order => Boxed.Of(order >= 0)),
        ["LessThan"] = Compare(order => Boxed.Of(order < 0)),
        ["LessThanEqual"] = Compare(order => Boxed.Of(order <= 0)),
    };

    private static Method Read(Func<SemanticVersion, object?> read) => new(0, (version, _) => read((SemanticVersion)version));

    private static Method Compare(Func<int, object> answer) => new(1, (version, arguments) =>
        answer(Math.Sign(((SemanticVersion)version).CompareTo(Other(arguments[0])))));

    private static SemanticVersion Other(object? value) =>
        value as SemanticVersion ?? throw new Fault($"expected a semverParse(...), got {ValueKind.Name(value)}");
}
