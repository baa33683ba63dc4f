using System.Text.Json.Nodes;
using Waybill.Engine.WorkTrees;
using Waybill.Engine.WorkTrees.Editing.Yaml;

namespace Waybill.Engine.Tests.WorkTrees.Editing;

public sealed class YamlMergeTests
{
    public static TheoryData<string, string, string> Merges => new()
    {
        // Kargo's own example, in two steps.
        { "service:\n  enabled: false\n", "service:\n  enabled: true\n", "service:\n  enabled: true\n" },
        { "service:\n  enabled: true\n", "service:\n  type: LoadBalancer\n", "service:\n  enabled: true\n  type: LoadBalancer\n" },

        // The lower file keeps what is not replaced, to the last comment.
        { "# top\na: 1 # one\nb:\n    c: 'x' # two\n\n# end\n", "b: {c: y, d: 2}\n", "# top\na: 1 # one\nb:\n    c: 'y' # two\n    d: 2\n\n# end\n" },
        { "a:\n  b:\n    c: 1\nz: 1\n", "a: {b: {d: 2}, e: 3}\n", "a:\n  b:\n    c: 1\n    d: 2\n  e: 3\nz: 1\n" },
        { "a: 1\r\nb: 2", "c:\n  d: [x]\n", "a: 1\r\nb: 2\r\nc:\r\n  d:\r\n    - x" },

        // Lists are replaced, and so is what is of another kind.
        { "a:\n  - 1\n  - 2\nb: x\n", "a: [3]\n", "a:\n  - 3\nb: x\n" },
        { "a: [1, 2] # c\nb: x\n", "a: {c: 0644, d: 'yes'}\n", "a:\n  c: 0644\n  d: \"yes\"\nb: x\n" },
        { "a: old # c\nb: x\n", "a:\n  c: 1\n", "a: # c\n  c: 1\nb: x\n" },
        { "a:\n  c: 1\nb: x\n", "a: new\n", "a: new\nb: x\n" },
        { "a: {}\n", "a: {b: {c: [{d: 1, e: 2}, f, [g]]}}\n", "a:\n  b:\n    c:\n      - d: 1\n        e: 2\n      - f\n      - - g\n" },
        { "a: |\n  x\n\nb: 1\n", "c: 2\n", "a: |\n  x\n\nb: 1\nc: 2\n" },
        { "a: 1\nb: |\n  x\n", "c: 2\n", "a: 1\nb: |\n  x\nc: 2\n" },
        { "a: {b: 1}\n", "a: {b: 2}\n", "a: {b: 2}\n" },
        { "a: 1\n", "a: &x {b: 1}\nc: *x\n", "a:\n  b: 1\nc:\n  b: 1\n" },
        { "a: 1\n", "d: &d {x: 1}\na:\n  <<: *d\n  q: 2\n", "a:\n  x: 1\n  q: 2\nd:\n  x: 1\n" },

        // Nothing removes.
        { "a: 1\nb: 2\nc: 3\n", "b: null\n", "a: 1\nc: 3\n" },
        { "a: 1\nb:\n  c: 2 # c\n  d: 3\n", "b: {d: }\ne: ~\n", "a: 1\nb:\n  c: 2 # c\n" },
        { "a: 1\nb: 2\n", "b: null\nc: 3\n", "a: 1\nc: 3\n" },
        { "a: 1\nb: 2\n", "a: null\n", "b: 2\n" },

        // Empty files.
        { "", "a: 1\n", "a: 1\n" },
        { "a: 1\n", "# nothing\n", "a: 1\n" },
        { "- 1\n", "a: 1\n", "a: 1\n" },
    };

    [Theory]
    [MemberData(nameof(Merges))]
    public void The_upper_file_is_laid_over_the_lower(string below, string over, string expected) =>
        Assert.Equal(expected, YamlMergeEditor.Merge([below, over]));

    [Theory]
    [InlineData("a: 1\n---\nb: 2\n", "a: 2\n", "2 documents in one file, where yaml-merge takes one")]
    [InlineData("a: 1\n", "a: [\n", "not YAML")]
    [InlineData("a: 1\na: 2\n", "a: 3\n", "a stands 2 times, in lines 1 and 2")]
    [InlineData("a: &x {b: 1}\nc: *x\n", "a: {b: 2}\n", "setting a would also change line 2")]
    [InlineData("a: {b: 1}\n", "a: {c: 2}\n", "the fields beside c stand in braces, where none can be added or removed")]
    [InlineData("a: {b: 1}\n", "a: {b: [2]}\n", "a.b stands in braces, where only single values are replaced")]
    public void What_cannot_be_merged_says_why(string below, string over, string words)
    {
        var error = Assert.Throws<FileEditException>(() => YamlMergeEditor.Merge([below, over]));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void An_edit_of_the_first_file_can_be_made_again_on_a_newer_version_of_it()
    {
        var arguments = new JsonObject { ["over"] = new JsonArray("b: 3\n") };

        Assert.Equal("a: 9\nb: 3\n", new YamlMergeEditor().Apply("a: 9\nb: 2\n", arguments));
        Assert.Equal("x: 1\n", new YamlMergeEditor().Apply("a: 9\n", new JsonObject { ["contents"] = "x: 1\n" }));
    }

    [Fact]
    public void Merge_keys_that_grow_without_end_are_refused()
    {
        var over = "a0: &a0 {x: 1}\n"
            + string.Join('\n', Enumerable.Range(1, 12).Select(i => $"a{i}: &a{i} {{<<: [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]}}"));

        var error = Assert.Throws<FileEditException>(() => YamlMergeEditor.Merge(["a: 1\n", over]));

        Assert.Contains("counting aliases as what they stand for", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_two_files_merge_to_what_their_values_merge_to_or_are_refused(int seed)
    {
        var random = new Random(seed);
        var merged = 0;
        for (var round = 0; round < 300; round++)
        {
            // The editor compares the outcome with the values merged, so a wrong one can only be a refusal.
            var (below, over) = (RandomYaml.Block(random), RandomYaml.Block(random));
            var text = YamlMergeEditor.Merge([below, over]);
            merged += text == below ? 0 : 1;

            Assert.All(
                below.Split('\n').Where(l => l.TrimStart().StartsWith('#')), comment => Assert.Contains(comment, text));
        }

        Assert.InRange(merged, 200, 300);
    }

    private static class RandomYaml
    {
        public static string Block(Random random, int indent = 0) => string.Concat("abcd".OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(
            name => $"{(indent == 0 && random.Next(3) == 0 ? $"# about {random.Next(1000)}\n" : "")}{new string(' ', indent)}{name}:{Value(random, indent)}"));

        private static string Value(Random random, int indent) => random.Next(indent > 4 ? 4 : 7) switch
        {
            0 => " 'text' # why\n",
            1 => $" {random.Next(100)}\n",
            2 => $"\n{new string(' ', indent)}- x\n{new string(' ', indent)}- {{y: 1}}\n",
            3 => " {}\n",
            _ => $"\n{Block(random, indent + 2)}",
        };
    }
}
