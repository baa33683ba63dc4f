using System.Text.Json.Nodes;
using Waybill.Expressions.JsonPaths;

namespace Waybill.Expressions.Tests.JsonPaths;

/// <summary>Paths as kubectl documents them (k8s.io/docs/reference/kubectl/jsonpath).</summary>
public sealed class KubernetesJsonPathTests
{
    private const string Document = """
        {
          "kind": "List",
          "items": [
            {"kind": "None", "metadata": {"name": "127.0.0.1", "labels": {"kubernetes.io/hostname": "a"}}, "status": {"capacity": {"cpu": 4}, "addresses": [{"type": "LegacyHostIP", "address": "127.0.0.1"}]}},
            {"kind": "None", "metadata": {"name": "127.0.0.2"}, "status": {"capacity": {"cpu": 8}, "addresses": [{"type": "LegacyHostIP", "address": "127.0.0.2"}, {"type": "another", "address": "127.0.0.3"}]}}
          ],
          "users": [{"name": "myself", "user": {}}, {"name": "e2e", "user": {"username": "admin", "password": "secret"}}],
          "n": null, "yes": true, "limit": 4
        }
        """;

    private static readonly object? Root = ExpressionValue.FromJson(JsonNode.Parse(Document));

    [Theory]
    [InlineData("{.kind}", """["List"]""")]
    [InlineData("{$.kind}", """["List"]""")]
    [InlineData("$.kind", """["List"]""")]
    [InlineData(".kind", """["List"]""")]
    [InlineData("kind", """["List"]""")]
    [InlineData("{['kind']}", """["List"]""")]
    [InlineData("{$[\"kind\"]}", """["List"]""")]
    [InlineData("{..name}", """["127.0.0.1","127.0.0.2","myself","e2e"]""")]
    [InlineData("{$..addresses[0].address}", """["127.0.0.1","127.0.0.2"]""")]
    [InlineData("{.items[*].metadata.name}", """["127.0.0.1","127.0.0.2"]""")]
    [InlineData("{.items[*]['metadata'].name}", """["127.0.0.1","127.0.0.2"]""")]
    [InlineData("{.items[0].metadata['name','labels']}", """["127.0.0.1",{"kubernetes.io/hostname":"a"}]""")]
    [InlineData(@"{.items[0].metadata.labels.kubernetes\.io/hostname}", """["a"]""")]
    [InlineData("{.users[?(@.name==\"e2e\")].user.password}", """["secret"]""")]
    [InlineData("{.users[?(@.name != 'e2e')].name}", """["myself"]""")]
    [InlineData("{.items[?(@.status.capacity.cpu > 4)].metadata.name}", """["127.0.0.2"]""")]
    [InlineData("{.items[?(@.status.capacity.cpu <= $.limit)].metadata.name}", """["127.0.0.1"]""")]
    [InlineData("{.items[?(@.metadata.labels)].metadata.name}", """["127.0.0.1"]""")]
    [InlineData("{.items[?(@.metadata.name == 7)].kind}", "[]")]
    [InlineData("{.items[1].status.addresses[-1].type}", """["another"]""")]
    [InlineData("{.users[0:1].name}", """["myself"]""")]
    [InlineData("{.users[-1:].name}", """["e2e"]""")]
    [InlineData("{.users[::2].name}", """["myself"]""")]
    [InlineData("{.users[0,1].name}", """["myself","e2e"]""")]
    [InlineData("{.users[0].*}", """["myself",{}]""")]
    [InlineData("{.n}", "[null]")]
    [InlineData("{.yes}", "[true]")]
    public void A_path_leads_where_kubectl_says(string path, string expected)
    {
        Assert.True(KubernetesJsonPath.TryParse(path, out var parsed, out var error), error);

        var findings = parsed.Find(Root);

        Assert.Null(findings.Problem);
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), new JsonArray([.. findings.Values.Select(ExpressionValue.ToJson)]).ToJsonString());
    }

    [Theory]
    [InlineData("{$}")]
    [InlineData("$")]
    [InlineData("{}")]
    [InlineData("")]
    public void The_root_is_the_whole(string path)
    {
        Assert.True(KubernetesJsonPath.TryParse(path, out var parsed, out _));

        Assert.Same(Root, Assert.Single(parsed.Find(Root).Values));
    }

    [Theory]
    [InlineData("{.no}", "no is not found.")]
    [InlineData("{.kind.no}", "no is looked for in text.")]
    [InlineData("{.items.metadata}", "metadata is looked for in a list.")]
    [InlineData("{.users[5]}", "index 5 is beyond a list of 2.")]
    [InlineData("{.users[-3]}", "index -3 is beyond a list of 2.")]
    [InlineData("{.kind[0]}", "text is not a list.")]
    [InlineData("{.n.x}", "x is looked for in nothing.")]
    public void What_is_not_there_is_named(string path, string problem)
    {
        Assert.True(KubernetesJsonPath.TryParse(path, out var parsed, out _));

        Assert.Equal(problem, parsed.Find(Root).Problem);
    }

    [Theory]
    [InlineData("{range .items[*]}{.name}{end}", "range makes a text")]
    [InlineData("{.a}{.b}", "something follows the path")]
    [InlineData("{.a", "the closing } is missing")]
    [InlineData("{.a[}", "an index is expected")]
    [InlineData("{.a[0}", "the closing ] is missing")]
    [InlineData("{.a['b]}", "a quote is not closed")]
    [InlineData("{.a[?(@.x == y)]}", "a filter compares")]
    [InlineData("{.a[?(@.x == 1 && @.y == 2)]}", "a filter is one comparison")]
    [InlineData("{..a..b}", "only one .. is possible")]
    [InlineData("{.a[?($..x == 1)]}", "only one .. is possible")]
    [InlineData("{.a[::0]}", "a step must be more than zero")]
    [InlineData("{.a.}", "a field's name is expected")]
    [InlineData("name: {.a}", "something follows the path")]
    public void What_is_no_path_is_refused_with_the_place(string path, string words)
    {
        Assert.False(KubernetesJsonPath.TryParse(path, out _, out var error));

        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Matches(@"\(character \d+ of the text\)\z", error);
    }

    /// <summary>Whatever is written, reading it ends, and so does following it.</summary>
    [Fact]
    public void Any_text_is_a_path_or_an_error()
    {
        const string Alphabet = "{}[]$@.*?()='\"\\,:-0a ";
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            if (KubernetesJsonPath.TryParse(text, out var path, out var error))
            {
                path.Find(Root);
            }
            else
            {
                Assert.NotEmpty(error);
            }
        }
    }
}
