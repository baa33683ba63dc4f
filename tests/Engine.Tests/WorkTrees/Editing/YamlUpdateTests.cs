using System.Text.Json.Nodes;
using Waybill.Engine.WorkTrees;
using Waybill.Engine.WorkTrees.Editing;
using Waybill.Engine.WorkTrees.Editing.Yaml;

namespace Waybill.Engine.Tests.WorkTrees.Editing;

public sealed class YamlUpdateTests
{
    private static readonly UpdateEditor Editor = new(new YamlFormat());

    public static TheoryData<string, string, string, string> Changes => new()
    {
        // The shape of the article's Stacks.
        { "spec:\n  stack: dev\n  commit: aaaa # the commit\n  branch: main\n", "spec.commit", "\"bbbb\"", "spec:\n  stack: dev\n  commit: bbbb # the commit\n  branch: main\n" },

        // Quotes stay what they are.
        { "a: 'x' # c\n", "a", "\"y\"", "a: 'y' # c\n" },
        { "a: \"x\"\n", "a", "\"y\"", "a: \"y\"\n" },
        { "a: 'x'\n", "a", "\"it's\"", "a: 'it''s'\n" },
        { "a: 'x'\n", "a", "\"two\\nlines\"", "a: \"two\\nlines\"\n" },
        { "\"a\": x\n'b': y\n", "b", "\"z\"", "\"a\": x\n'b': z\n" },

        // Quotes come only where they must.
        { "a: x\n", "a", "\"0123456\"", "a: \"0123456\"\n" },
        { "a: x\n", "a", "\"1234567890123456789012345678901234567890\"", "a: \"1234567890123456789012345678901234567890\"\n" },
        { "a: x\n", "a", "\"1e10\"", "a: \"1e10\"\n" },
        { "a: x\n", "a", "\"12345e67890123456789012345678901234567890\"", "a: \"12345e67890123456789012345678901234567890\"\n" },
        { "a: x\n", "a", "\"0x1f\"", "a: \"0x1f\"\n" },
        { "a: x\n", "a", "\"0xdeadbeefg\"", "a: 0xdeadbeefg\n" },
        { "a: x\n", "a", "\"1_000\"", "a: \"1_000\"\n" },
        { "a: x\n", "a", "\"yes\"", "a: \"yes\"\n" },
        { "a: x\n", "a", "\"null\"", "a: \"null\"\n" },
        { "a: x\n", "a", "\"2026-01-02\"", "a: \"2026-01-02\"\n" },
        { "a: x\n", "a", "\"12:30\"", "a: \"12:30\"\n" },
        { "a: x\n", "a", "\"\"", "a: \"\"\n" },
        { "a: x\n", "a", "\"a: b\"", "a: \"a: b\"\n" },
        { "a: x\n", "a", "\"a #b\"", "a: \"a #b\"\n" },
        { "a: x\n", "a", "\"- a\"", "a: \"- a\"\n" },
        { "a: x\n", "a", "\"@a\"", "a: \"@a\"\n" },
        { "a: x\n", "a", "\"{a}\"", "a: \"{a}\"\n" },
        { "a: x\n", "a", "\" a \"", "a: \" a \"\n" },
        { "a: x\n", "a", "\"tab\\there\"", "a: \"tab\\there\"\n" },
        { "a: x\n", "a", "\"line\\u2028break\"", "a: \"line\\u2028break\"\n" },
        { "a: x\n", "a", "\"v1.2.3-rc.1+build\"", "a: v1.2.3-rc.1+build\n" },
        { "a: x\n", "a", "\"https://h/p?q=1#f\"", "a: https://h/p?q=1#f\n" },
        { "a: x\n", "a", "\"é😀\"", "a: é😀\n" },

        // Values keep their type.
        { "a: x\n", "a", "3", "a: 3\n" },
        { "a: x\n", "a", "1.50", "a: 1.50\n" },
        { "a: x\n", "a", "true", "a: true\n" },
        { "a: 'x'\n", "a", "false", "a: false\n" },
        { "a: 3\n", "a", "\"x\"", "a: x\n" },
        { "a: 3\n", "a", "\"3\"", "a: \"3\"\n" },

        // What says it already stays as it is.
        { "a: 'x' \n", "a", "\"x\"", "a: 'x' \n" },
        { "a: |\n  x\n  y\n", "a", "\"x\\ny\\n\"", "a: |\n  x\n  y\n" },

        // Nothing yet.
        { "a:\nb: c\n", "a", "\"x\"", "a: x\nb: c\n" },
        { "a: # c\nb: c\n", "a", "\"x\"", "a: x # c\nb: c\n" },
        { "a: null # c\n", "a", "\"x\"", "a: x # c\n" },
        { "a: ~\n", "a", "\"x\"", "a: x\n" },
        { "a:", "a", "\"x\"", "a: x" },
        { "a:\n-\n- b\n", "a.0", "\"x\"", "a:\n- x\n- b\n" },
        { "x: {a: , b: c}\n", "x.a", "\"q\"", "x: {a: q, b: c}\n" },
        { "x: {a:, b: c}\n", "x.a", "\"q\"", "x: {a: q, b: c}\n" },
        { "x: {a, b: c}\n", "x.a", "\"q\"", "x: {a: q, b: c}\n" },
        { "a: &x\nb: c\n", "a", "\"q\"", "a: &x q\nb: c\n" },

        // Lists and braces.
        { "a:\n  - n: 1\n    v: x   # c\n  - n: 2\n    v: y\n", "a.1.v", "\"z\"", "a:\n  - n: 1\n    v: x   # c\n  - n: 2\n    v: z\n" },
        { "- a\n- b\n", "1", "\"c\"", "- a\n- c\n" },
        { "a: [x, y, z] # c\n", "a.[1]", "\"w\"", "a: [x, w, z] # c\n" },
        { "a: [x, y]\n", "a.0", "\"1,2\"", "a: [\"1,2\", y]\n" },
        { "a: {b: x, \"c\":d, e: {f: g}}\n", "a.e.f", "\"h]\"", "a: {b: x, \"c\":d, e: {f: \"h]\"}}\n" },
        { "a: {\"c\":d}\n", "a.c", "\"e\"", "a: {\"c\":e}\n" },
        { "a: {b: {}, c: d}\n", "a.c", "1", "a: {b: {}, c: 1}\n" },
        { "{\"a\": {\"b\": \"x\"}}", "a.b", "\"y\"", "{\"a\": {\"b\": \"y\"}}" },

        // Keys.
        { "metadata:\n  annotations:\n    example.com/version: x\n", @"metadata.annotations.example\.com/version", "\"q\"", "metadata:\n  annotations:\n    example.com/version: q\n" },
        { "a:\n  1: x\n  'b:c': y\n", "a.:1", "\"z\"", "a:\n  1: z\n  'b:c': y\n" },
        { "a:\n  1: x\n", "a.1", "\"z\"", "a:\n  1: z\n" },
        { "a:\n  'b:c': y\n", @"a.b\:c", "\"z\"", "a:\n  'b:c': z\n" },
        { "? a\n: b\n", "a", "\"c\"", "? a\n: c\n" },

        // Texts of several lines.
        { "a: |\n  x\n  y\n# c\nb: z\n", "a", "\"one\"", "a: one\n# c\nb: z\n" },
        { "a: |- # why\n    x\n    y\n\nb: z\n", "a", "\"1\\n2\"", "a: |- # why\n    1\n    2\n\nb: z\n" },
        { "a: >\n  x\n  y\nb: z\n", "a", "\"1\\n\\n2\\n\"", "a: |\n  1\n\n  2\nb: z\n" },
        { "a:\r\n  b: |\r\n    x\r\n  c: d\r\n", "a.b", "\"1\\n2\\n\"", "a:\r\n  b: |\r\n    1\r\n    2\r\n  c: d\r\n" },
        { "a: |\n  x\nb: z\n", "a", "\" led\\nby a space\"", "a: \" led\\nby a space\"\nb: z\n" },
        { "a: |\n  x", "a", "\"1\\n2\\n\"", "a: \"1\\n2\\n\"" },
        { "a: |\n  x\nb: z\n", "a", "3", "a: 3\nb: z\n" },
        { "a: x\n   y # c\nb: z\n", "a", "\"one\"", "a: one # c\nb: z\n" },
        { "a: \"x\n   y\" # c\n", "a", "\"one\"", "a: \"one\" # c\n" },
        { "a: x\n", "a", "\"1\\n2\"", "a: \"1\\n2\"\n" },

        // Every other byte.
        { "\uFEFFa: x\r\n\r\n\r\nb:   y\t# c\r\n", "b", "\"z\"", "\uFEFFa: x\r\n\r\n\r\nb:   z\t# c\r\n" },
        { "a: x   \n...\n", "a", "\"z\"", "a: z   \n...\n" },
        { "%YAML 1.2\n---\na: x\n", "a", "\"z\"", "%YAML 1.2\n---\na: z\n" },
        { "# é😀\na: x # é😀\n", "a", "\"z\"", "# é😀\na: z # é😀\n" },
        { "a: &n x\nb: y\n", "a", "\"z\"", "a: &n z\nb: y\n" },
        { "a: !!str 1\n", "a", "\"2\"", "a: !!str \"2\"\n" },

        // The first document is meant; the others stay.
        { "a: x\n---\na: y\n", "a", "\"z\"", "a: z\n---\na: y\n" },

        // An alias is replaced, and what it stood for stays.
        { "a: &n x\nb: *n # c\n", "b", "\"z\"", "a: &n x\nb: z # c\n" },
        { "d: &d {t: 1}\np:\n  <<: *d\n  t: 2\n", "p.t", "3", "d: &d {t: 1}\np:\n  <<: *d\n  t: 3\n" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Only_the_value_changes(string before, string key, string value, string after) => Assert.Equal(after, Set(before, (key, value)));

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "spec:\n  comit: x\n  stack: y\n", "spec.commit", "there is no spec.commit; line 2 has comit, stack" },
        { "spec: {}\n", "spec.commit", "there is no spec.commit: the mapping in line 1 is empty" },
        { "a: x\n", "a.b", "line 1: a is a single value, so there is no a.b" },
        { "a: {b: c}\n", "a", "line 1: a is a mapping; only single values can be set" },
        { "a:\n- b\n", "a", "line 2: a is a list; only single values can be set" },
        { "a: [b]\n", "a.1", "there is no a.1: the list in line 1 has 1 items, counted from 0" },
        { "a: [b]\n", "a.-1", "there is no a.-1: the list" },
        { "a: [b]\n", "a.b", "line 1: a is a list, of which \"b\" is no item: give its number, from 0" },
        { "", "a", "there is no a: the file says nothing" },
        { "# only a comment\n", "a", "there is no a: the file says nothing" },
        { "a: x\nb: y\na: z\n", "a", "a stands 2 times, in lines 1 and 3: remove all but one" },
        { "a: &n\n  b: x\nc: *n\n", "c.b", "line 3: c is the alias *n, so a change would also change line 1; write the values out here, or set them where &n stands" },
        { "a: &n\n  b: x\nc: *n\n", "a.b", "line 1: setting a.b would also change line 3, which refers to it as *n; write the value out there" },
        { "a: &n x\nc: *n\n", "a", "line 1: setting a would also change line 2" },
        { "d: &d\n  t: 1\np:\n  <<: *d\n  u: 2\n", "p.t", "there is no p.t here: it comes in with << in line 4; write it out beside that, or set it where it stands" },
        { "d: &d\n  t: 1\np:\n  <<: *d\n", "d.t", "setting d.t would also change line 4" },
        { "a: x\n---\nb: y\n", "b", "there is no b in the file's first document, which is the one that is changed; document 2 has one" },
        { "a: !!int 1\n", "a", "line 1: what stands here has the tag tag:yaml.org,2002:int" },
        { "a: !vault x\n", "a", "line 1: what stands here has the tag !vault" },
        { "a:\n\tb: c\n", "a.b", "line 2, column 1: not YAML" },
        { "a: [x\nb: y\n", "a", "not YAML" },
        { "a: \"x\n", "a", "not YAML" },
        { "a: b: c\n", "a", "line 1, column 5: not YAML" },
        { "<html><body>\n<p>a: b</p>\n  x: -\n y: z\n", "a", "not YAML" },
        { "a: *nowhere\n", "a", "line 1, column 4: there is no anchor &nowhere before this alias" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_has_no_place_is_refused_with_the_place(string before, string key, string words)
    {
        var error = Assert.Throws<FileEditException>(() => Set(before, (key, "\"v\"")));

        Assert.Contains(words, error.Message);
    }

    [Theory]
    [InlineData("", "it has an empty part")]
    [InlineData("a..b", "it has an empty part")]
    [InlineData(".a", "it has an empty part")]
    [InlineData("a.", "it has an empty part")]
    [InlineData("a:b", @"write a colon within a name as \:")]
    [InlineData(@"a\nb", @"a \ must stand before a dot or a colon")]
    [InlineData(@"a\", @"a \ must stand before a dot or a colon")]
    public void A_wrong_key_is_told_so(string key, string words)
    {
        var error = Assert.Throws<FileEditException>(() => Set("a: x\n", (key, "1")));

        Assert.Equal($"\"{key}\" is not a key: {words}", error.Message);
    }

    [Theory]
    [InlineData("null", "a would be set to nothing")]
    [InlineData("{}", "a would be set to a mapping: only strings, numbers and booleans can be set")]
    [InlineData("[]", "a would be set to a list")]
    public void Only_single_values_can_be_set(string value, string words)
    {
        var error = Assert.Throws<FileEditException>(() => Set("a: x\n", ("a", value)));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void Several_values_are_set_at_once_and_the_last_of_one_key_counts() =>
        Assert.Equal("a: 2\nb:\n  c: q # z\n", Set("a: x\nb:\n  c: x # z\n", ("a", "1"), ("b.c", "\"q\""), ("a", "2")));

    [Fact]
    public void A_file_that_is_not_there_is_told_so() =>
        Assert.Equal("there is no such file", Assert.Throws<FileEditException>(() => Editor.Apply(null, Arguments(("a", "1")))).Message);

    [Fact]
    public void A_file_that_is_too_large_too_deep_or_too_rich_is_refused()
    {
        Assert.Contains("larger than", Refusal("a: " + new string('x', EditLimits.MaxCharacters)));
        Assert.Contains("more than 64 levels", Refusal($"a: {new string('[', 5_000)}{new string(']', 5_000)}"));
        Assert.Contains("more than 64 levels", Refusal("b: [" + string.Concat(Enumerable.Repeat("x,", EditLimits.MaxValues)) + "]"));

        static string Refusal(string text) => Assert.Throws<FileEditException>(() => Set(text, ("a", "1"))).Message;
    }

    internal static string Set(string before, params (string Key, string Value)[] updates) => Editor.Apply(before, Arguments(updates));

    internal static JsonObject Arguments(params (string Key, string Value)[] updates) => new()
    {
        ["updates"] = new JsonArray([.. updates.Select(u => new JsonObject { ["key"] = u.Key, ["value"] = JsonNode.Parse(u.Value) })]),
    };
}
