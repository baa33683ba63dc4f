namespace Waybill.Expressions.Patterns;

/// <summary>The classes that stand as <c>[:name:]</c> within brackets, spelt out.</summary>
internal static class PosixClasses
{
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\t\n\v\f\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    public static string Find(string name) =>
        Classes.TryGetValue(name, out var members)
            ? members
            : throw new Fault($"invalid pattern: there is no class [:{name}:]");
}
