using System.Text;

namespace Waybill.Manifests.Tests;

public sealed class YamlLimitTests
{
    public static TheoryData<string, string> BadFiles => new()
    {
        { new string('[', 100_000), "p.yaml:1:66: nested deeper than 64 levels" },
        { string.Concat(Enumerable.Repeat("- ", 100_000)), "p.yaml:1:131: nested deeper than 64 levels" },
        { Bomb(), "p.yaml:5:25: the document has more than 50000 values, counting aliases as what they stand for" },
        { "a: *b", "p.yaml:1:4: there is no anchor &b before this alias" },
        { "a: &a [*a]", "p.yaml:1:8: there is no anchor &a before this alias" },
        { "a: &a {x: 1}\nb: {<<: *a}", "p.yaml:2:5: merge keys (<<) are not supported: write the fields out" },
        { "a: !!python/object:os.system x", "p.yaml:1:4: the tag tag:yaml.org,2002:python/object:os.system is not supported: only !!str is" },
        { "{[a]: b}", "p.yaml:1:2: a key must be plain text" },
        { string.Concat(Enumerable.Repeat("---\n", 1_001)), "p.yaml:1001:1: more than 1000 documents in one file" },
        { new string(' ', 1024 * 1024 + 1), "p.yaml: larger than 1024 KiB: split the file" },
        { "a: \"unclosed", "p.yaml:1:4: not valid YAML: " },
        { "a: @x", "p.yaml:1:4: not valid YAML: " },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_file_that_asks_too_much_is_refused_with_its_place(string text, string expected)
    {
        var error = Yaml.Load(text).Errors[0];

        Assert.StartsWith(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_Utf8_is_refused()
    {
        var result = ManifestLoader.Parse([new ManifestFile("latin.yaml", Encoding.Latin1.GetBytes("a: Köln"))]);

        Assert.Equal("latin.yaml: not UTF-8 text: save the file in that encoding", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        var result = Yaml.Load("\uFEFF" + Yaml.Project);

        Assert.Empty(result.Errors);
    }

    [Fact]
    public void Duplicate_keys_are_all_reported()
    {
        var result = Yaml.Load(Yaml.Project + "\nkind: Stage\nspec: {}\nspec: {}");

        Assert.Equal(
            ["p.yaml:4:1: duplicate key kind: it already stands in line 2", "p.yaml:6:1: duplicate key spec: it already stands in line 5"],
            result.Errors.Select(e => e.ToString()));
    }

    [Fact]
    public void Aliases_stand_for_what_they_name()
    {
        var result = Yaml.Load(Yaml.Project, Yaml.Document("Warehouse", "w", """
            subscriptions:
              - name: a
                git: &git {repoURL: 'https://h/r'}
              - name: b
                git: *git
            """));

        Assert.Empty(result.Errors);
        Assert.Equal(["a", "b"], result.Pipelines[0].Warehouses[0].Subscriptions.Select(s => s.Name));
    }

    [Fact]
    public void Empty_documents_and_comments_are_no_documents()
    {
        var result = Yaml.Load("# nothing", Yaml.Project, "# more", "");

        Assert.Empty(result.Errors);
        Assert.Single(result.Pipelines);
    }

    [Fact]
    public void Too_many_problems_are_cut_with_a_count()
    {
        var result = Yaml.Load(Yaml.Document("Stage", "x", string.Join('\n', Enumerable.Range(0, 1_500).Select(i => $"x{i}: 1"))));

        Assert.Equal(1_001, result.Errors.Count);
        Assert.EndsWith("more problems from here on are not listed", result.Errors[^1].Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever is cut off, doubled or put in: problems, never an exception, and always in good time.</summary>
    [Fact]
    public void Mangled_manifests_never_throw()
    {
        var random = new Random(20_260_821);
        var good = Yaml.Join(Yaml.Project, Yaml.Warehouse, Yaml.StageWithSteps("- {uses: fail, config: {message: '${{ ctx.stage }}'}}"));
        const string Noise = "{}[]:,-&*!|>'\"%@`#?\n\t \u0000\uFFFDé~<=";

        for (var i = 0; i < 2_000; i++)
        {
            var text = new StringBuilder(good);
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                Mangle(text, random, Noise);
            }

            var result = Yaml.Load(text.ToString());

            Assert.All(result.Errors, e => Assert.NotEmpty(e.ToString()));
        }
    }

    private static void Mangle(StringBuilder text, Random random, string noise)
    {
        var at = random.Next(text.Length);
        switch (random.Next(3))
        {
            case 0:
                text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
                break;
            case 1:
                text.Insert(at, noise[random.Next(noise.Length)]);
                break;
            default:
                text[at] = noise[random.Next(noise.Length)];
                break;
        }

        text.Append(text.Length == 0 ? "x" : "");
    }

    private static string Bomb()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        return text.ToString();
    }
}
