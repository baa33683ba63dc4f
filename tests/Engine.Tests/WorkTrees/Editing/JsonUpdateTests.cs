using Waybill.Engine.WorkTrees;
using Waybill.Engine.WorkTrees.Editing;
using Waybill.Engine.WorkTrees.Editing.Json;

namespace Waybill.Engine.Tests.WorkTrees.Editing;

public sealed class JsonUpdateTests
{
    private static readonly UpdateEditor Editor = new(new JsonFormat());

    public static TheoryData<string, string, string, string> Changes => new()
    {
        { "{\n  \"image\": {\"tag\" : \"v1\"} ,\n\t\"b\":2}\n", "image.tag", "\"v2\"", "{\n  \"image\": {\"tag\" : \"v2\"} ,\n\t\"b\":2}\n" },
        { "\uFEFF{\r\n \"a\": [1, {\"b\": null}]\r\n}", "a.1.b", "true", "\uFEFF{\r\n \"a\": [1, {\"b\": true}]\r\n}" },
        { "{\"a\": \"é😀\", \"b\": 1e400}", "a", "\"<é\\n\\\"😀>\"", "{\"a\": \"<é\\n\\\"😀>\", \"b\": 1e400}" },
        { "{\"example.com/v\": \"x\", \"b\\u0063\": 1}", @"example\.com/v", "\"y\"", "{\"example.com/v\": \"y\", \"b\\u0063\": 1}" },
        { "{\"b\\u0063\": 1}", "bc", "2", "{\"b\\u0063\": 2}" },
        { "{\"1\": 1}", ":1", "2", "{\"1\": 2}" },
        { "[1, 2]", "0", "1.50", "[1.50, 2]" },
        { "{\"a\": \"x\"}", "a", "\"0123\"", "{\"a\": \"0123\"}" },
        { "// why\n{\"a\": 1, /* b */ \"c\": 2,}", "a", "3", "// why\n{\"a\": 3, /* b */ \"c\": 2,}" },

        // What is missing is made, laid out as its neighbours are.
        { "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "c", "3", "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n" },
        { "{\n  \"a\": 1\n}\n", "c", "3", "{\n  \"a\": 1,\n  \"c\": 3\n}\n" },
        { "{\"a\":1,\"b\":2}", "c", "3", "{\"a\":1,\"b\":2,\"c\":3}" },
        { "{\"a\":1}", "c", "3", "{\"a\":1,\"c\":3}" },
        { "{\"a\": 1}", "b.c", "3", "{\"a\": 1, \"b\": {\"c\": 3}}" },
        { "{}", "a.b", "3", "{\"a\": {\"b\": 3}}" },
        { "{\"a\": [1,2]}", "a.-1", "3", "{\"a\": [1,2,3]}" },
        { "{\"a\": [1, 2]}", "a.2", "3", "{\"a\": [1, 2, 3]}" },
        { "{\"a\": []}", "a.0.b", "3", "{\"a\": [{\"b\": 3}]}" },
        { "{\"a\": [\n  1\n]}", "a.-1", "2", "{\"a\": [\n  1,\n  2\n]}" },
        { "{\"a\": 1}", "l.0", "3", "{\"a\": 1, \"l\": [3]}" },
        { "{\"a\": 1}", "l.:0", "3", "{\"a\": 1, \"l\": {\"0\": 3}}" },
        { "{\"a\": null}", "a.b", "3", "{\"a\": {\"b\": 3}}" },
        { "", "a", "3", "{\"a\": 3}" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Only_the_value_changes(string before, string key, string value, string after) =>
        Assert.Equal(after, Editor.Apply(before, YamlUpdateTests.Arguments((key, value))));

    [Theory]
    [InlineData("{\"a\": {\"b\": 1}}", "a", "a is a mapping; only single values can be set")]
    [InlineData("{\"a\": [1]}", "a", "a is a list; only single values can be set")]
    [InlineData("{\"a\": 1}", "a.b", "a is a single value, so there is no a.b")]
    [InlineData("3", "a", "the file is a single value, so there is no a")]
    [InlineData("{\"a\": [1]}", "a.3", "there is no a.3: the list has 1 items, counted from 0")]
    [InlineData("{\"a\": [1]}", "a.b", "a is a list, of which \"b\" is no item: give its number, from 0, or -1 for a new one")]
    [InlineData("{\"a\": 1}", "l.3", "a new list begins with 0")]
    [InlineData("{\"a\": 1, \"a\": 2}", "a", "a stands 2 times: remove all but one")]
    [InlineData("{\"a\": 1,\n \"b\" 2}", "a", "line 2, column 6: not JSON: ")]
    [InlineData("a: b", "a", "line 1, column 1: not JSON: ")]
    [InlineData("{\"a\": 1} x", "a", "line 1, column 10: not JSON: ")]
    public void What_has_no_place_is_refused_with_the_place(string before, string key, string words)
    {
        var error = Assert.Throws<FileEditException>(() => Editor.Apply(before, YamlUpdateTests.Arguments((key, "1"))));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void A_text_that_nests_too_deep_is_no_crash() => Assert.Contains(
        "not JSON", Assert.Throws<FileEditException>(() => Editor.Apply(new string('[', 100_000), YamlUpdateTests.Arguments(("a", "1")))).Message);
}
