using System.Text.Json.Nodes;
using Waybill.Engine.Steps.Files;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Tests.WorkTrees.Editing;

public sealed class FileFormatTests
{
    [Theory]
    [InlineData("yaml", "a: {b: [1, 1.5, yes, Off, ~, null, '1', 0x1F, 0644, 0o17, 0b11, 1_000, 1e3, 2026-01-02, .inf]}", """{"a":{"b":[1,1.5,true,false,null,null,"1",31,420,15,3,1000,1000,"2026-01-02",".inf"]}}""")]
    [InlineData("yaml", "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\ne: *x", """{"a":{"b":1,"c":2},"d":{"b":1,"c":3},"e":{"b":1,"c":2}}""")]
    [InlineData("yaml", "a: 1\n---\nb: 2", """{"a":1}""")]
    [InlineData("yaml", "a: 1\na: 2", """{"a":2}""")]
    [InlineData("yaml", "1: x\ntrue: y\nn: 9223372036854775808", """{"1":"x","true":"y","n":9223372036854775808}""")]
    [InlineData("json", """{"a": [1, 2.50, "x", null, true], "a": {"b": 1}, /* c */ "d": "é",}""", """{"a":{"b":1},"d":"é"}""")]
    [InlineData("json", "null", "null")]
    [InlineData("toml", "a = 1\n[b]\nc = [1.5, 'x']\n[[d]]\ne = true\n[[d]]\nf = 1979-05-27\n", """{"a":1,"b":{"c":[1.5,"x"]},"d":[{"e":true},{"f":"1979-05-27"}]}""")]
    public void A_file_is_read_as_Kargo_reads_it(string format, string text, string expected) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), Parse(format, text)), Parse(format, text)?.ToJsonString());

    [Theory]
    [InlineData("yaml", "", "the file says nothing")]
    [InlineData("yaml", "# c\n", "the file says nothing")]
    [InlineData("yaml", "a: [", "not YAML")]
    [InlineData("yaml", "{a: 1}: b", "a mapping can't be the name of a field")]
    [InlineData("yaml", "<<: 3", "<< takes a mapping or a list of mappings")]
    [InlineData("json", "", "not JSON")]
    [InlineData("json", "{\"a\": }", "line 1, column 7: not JSON")]
    [InlineData("toml", "", "the file says nothing")]
    [InlineData("toml", "a = ", "line 1, column 5: not TOML")]
    public void What_cannot_be_read_is_an_error_with_a_place(string format, string text, string words)
    {
        var error = Assert.Throws<FileEditException>(() => Parse(format, text));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void Aliases_that_grow_without_end_are_refused()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Join('\n', Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]"));

        var error = Assert.Throws<FileEditException>(() => Parse("yaml", text));

        Assert.Contains("counting aliases as what they stand for", error.Message);
    }

    private static JsonNode? Parse(string format, string text) => FileSteps.Formats.Single(f => f.Name == format).Parse(text);
}
