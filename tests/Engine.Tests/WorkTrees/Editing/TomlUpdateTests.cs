using Waybill.Engine.WorkTrees;
using Waybill.Engine.WorkTrees.Editing;
using Waybill.Engine.WorkTrees.Editing.Toml;

namespace Waybill.Engine.Tests.WorkTrees.Editing;

public sealed class TomlUpdateTests
{
    private static readonly UpdateEditor Editor = new(new TomlFormat());

    public static TheoryData<string, string, string, string> Changes => new()
    {
        { "# é😀\n[package]\nversion = \"1.0.0\" # c\nname = 'x'\n", "package.version", "\"2.0.0\"", "# é😀\n[package]\nversion = \"2.0.0\" # c\nname = 'x'\n" },
        { "\uFEFFa = 'x'\r\nb=1\r\n", "a", "\"y\"", "\uFEFFa = 'y'\r\nb=1\r\n" },
        { "a = 'x'\n", "a", "\"it's\"", "a = \"it's\"\n" },
        { "a = \"\"\"\nx\n\"\"\" # c\n", "a", "\"1\\n2\"", "a = \"1\\n2\" # c\n" },
        { "a = \"x\"\n", "a", "\"é😀\\u007f\"", "a = \"é😀\\u007F\"\n" },
        { "a = 1\n", "a", "2", "a = 2\n" },
        { "a = 1.5\n", "a", "2", "a = 2.0\n" },
        { "a = 1.5\n", "a", "2.25", "a = 2.25\n" },
        { "a = 1\n", "a", "\"0123\"", "a = \"0123\"\n" },
        { "a = true", "a", "false", "a = false" },
        { "a = 1979-05-27T07:32:00Z\n", "a", "\"later\"", "a = \"later\"\n" },
        { "[labels]\n\"example.com/version\" = \"1\"\n", @"labels.example\.com/version", "\"2\"", "[labels]\n\"example.com/version\" = \"2\"\n" },
        { "values = [ 1, 2 , 3 ]\n", "values.1", "9", "values = [ 1, 9 , 3 ]\n" },
        { "a = [[1, 2], [3]]\nb.c = { d = 'x', e.f = 1 }\n", "b.c.e.f", "2", "a = [[1, 2], [3]]\nb.c = { d = 'x', e.f = 2 }\n" },
        { "[[p]]\nn = 1\n[[p]]\nn = 2\n[p.q]\nr = 3\n", "p.1.n", "4", "[[p]]\nn = 1\n[[p]]\nn = 4\n[p.q]\nr = 3\n" },
        { "[[p]]\nn = 1\n[[p]]\nn = 2\n[p.q]\nr = 3\n", "p.1.q.r", "4", "[[p]]\nn = 1\n[[p]]\nn = 2\n[p.q]\nr = 4\n" },
        { "[t]\n1 = 'x'\n", "t.:1", "\"y\"", "[t]\n1 = 'y'\n" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Only_the_value_changes(string before, string key, string value, string after) =>
        Assert.Equal(after, Editor.Apply(before, YamlUpdateTests.Arguments((key, value))));

    [Theory]
    [InlineData("[a]\nb = 1\n", "a", "a is a table or an array; only single values can be set")]
    [InlineData("a = [1]\n", "a", "a is a table or an array")]
    [InlineData("a = 1\n", "b", "there is no b")]
    [InlineData("", "b", "there is no b")]
    [InlineData("a = 1\nb =\n", "a", "line 2, column ")]
    [InlineData("a = 1\na = 2\n", "a", "line 2, column 1: not TOML: ")]
    [InlineData("a: b\n", "a", "line 1, column ")]
    public void What_has_no_place_is_refused_with_the_place(string before, string key, string words)
    {
        var error = Assert.Throws<FileEditException>(() => Editor.Apply(before, YamlUpdateTests.Arguments((key, "1"))));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void A_text_that_nests_too_deep_is_no_crash() => Assert.Contains(
        "not TOML", Assert.Throws<FileEditException>(() => Editor.Apply("a = " + new string('[', 100_000), YamlUpdateTests.Arguments(("a", "1")))).Message);
}
