using System.Text;
using System.Text.Json.Nodes;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Tests.Webhooks;

public sealed class GitHubPushParserTests
{
    [Fact]
    public void A_push_is_read_whole()
    {
        var push = Parsed(PushJson.Valid().Bytes());

        Assert.Equal(("refs/heads/main", PushedRefKind.Branch, "main"), (push.Ref, push.RefKind, push.RefName));
        Assert.Equal((PushJson.Sha(1), PushJson.Sha(3)), (push.Before, push.After));
        Assert.Equal(new PushedRepository("acme/infra", "https://github.com/acme/infra.git", "https://github.com/acme/infra", "main", DateTimeOffset.FromUnixTimeSeconds(1700000000)), push.Repository);
        Assert.Equal("ada", push.Sender);
        Assert.True(push.IsComplete);
        Assert.Collection(
            push.Commits,
            first =>
            {
                Assert.Equal("Ada <ada@example.com>", first.Author);
                Assert.Equal("GitHub <noreply@github.com>", first.Committer);
                Assert.Equal(["infra/bucket.ts"], first.ChangedPaths);
                Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), first.Timestamp);
            },
            second =>
            {
                Assert.False(second.Distinct);
                Assert.Equal("Ada", second.Author);
                Assert.Equal(["README.md", "old.md"], second.ChangedPaths);
            });
    }

    [Theory]
    [InlineData("repository.pushed_at", "\"2026-01-02T03:04:05Z\"")]
    [InlineData("repository.pushed_at", "null")]
    [InlineData("repository.pushed_at", null)]
    [InlineData("repository.default_branch", null)]
    [InlineData("repository.clone_url", null)]
    [InlineData("head_commit", "null")]
    [InlineData("head_commit", null)]
    [InlineData("commits", null)]
    [InlineData("commits", "[]")]
    [InlineData("commits.0.timestamp", "\"yesterday\"")]
    [InlineData("commits.0.author", null)]
    [InlineData("commits.0.message", null)]
    [InlineData("commits.0.added", null)]
    [InlineData("sender", null)]
    [InlineData("created", null)]
    [InlineData("unknown", "{\"deep\":[1,2,{\"x\":null}]}")]
    public void What_is_not_needed_may_be_missing_or_odd(string path, string? json) =>
        Assert.IsType<PushParsing.Parsed>(GitHubPushParser.Parse(PushJson.With(path, json)));

    [Theory]
    [InlineData("ref", null, "$.ref")]
    [InlineData("ref", "\"main\"", "$.ref")]
    [InlineData("ref", "\"refs/heads/\"", "$.ref")]
    [InlineData("ref", "\"refs/pull/1/head\"", "$.ref")]
    [InlineData("ref", "\"refs/heads/a\\u0000b\"", "$.ref")]
    [InlineData("ref", "7", "$.ref")]
    [InlineData("before", null, "$.before")]
    [InlineData("after", "\"abc\"", "$.after")]
    [InlineData("after", "\"../../../../../../../../../../../etc/pass\"", "$.after")]
    [InlineData("after", "\"0000000000000000000000000000000000000000\"", "$.after")]
    [InlineData("repository", null, "$.repository")]
    [InlineData("repository", "[]", "$.repository")]
    [InlineData("repository.full_name", null, "$.repository")]
    [InlineData("repository.pushed_at", "true", "$.repository.pushed_at")]
    [InlineData("repository.pushed_at", "1e300", "$.repository.pushed_at")]
    [InlineData("repository.pushed_at", "\"soon\"", "$.repository.pushed_at")]
    [InlineData("commits", "{}", "$.commits")]
    [InlineData("commits.1", "null", "$.commits[1]")]
    [InlineData("commits.1.id", "\"HEAD\"", "$.commits[1].id")]
    [InlineData("commits.1.modified", "[null]", "$.commits[1].modified")]
    [InlineData("commits.1.modified", "\"README.md\"", "$.commits[1].modified")]
    [InlineData("forced", "\"no\"", "$.forced")]
    public void What_is_relied_on_is_refused_by_place(string path, string? json, string where) =>
        Assert.Equal(where, Rejected(PushJson.With(path, json)).Where);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"push\"")]
    [InlineData("payload=%7B%22ref%22%3A%22x%22%7D")]
    [InlineData("<html></html>")]
    [InlineData("\u0000\u0001\u0002")]
    public void What_is_not_an_object_is_refused(string body) =>
        Assert.Equal("$", Rejected(Encoding.UTF8.GetBytes(body)).Where);

    [Fact]
    public void A_body_cut_anywhere_is_refused()
    {
        var body = PushJson.Valid().Bytes();

        Assert.All(Enumerable.Range(0, body.Length / 7), i => Rejected(body[..(i * 7)]));
    }

    [Theory]
    [InlineData("""{"ref":""")]
    [InlineData("""{"unknown":""")]
    public void Deep_nesting_is_refused(string start)
    {
        var body = start + new string('[', 100_000) + new string(']', 100_000) + "}";

        Rejected(Encoding.UTF8.GetBytes(body));
    }

    [Fact]
    public void A_body_larger_than_GitHub_sends_is_refused_unread()
    {
        var rejected = Rejected(new byte[30 * 1024 * 1024]);

        Assert.Contains("26214400", rejected.Problem);
    }

    [Theory]
    [InlineData("forced", "true")]
    [InlineData("created", "true")]
    [InlineData("before", "\"0000000000000000000000000000000000000000\"")]
    public void A_new_or_rewritten_branch_is_not_complete(string path, string json)
    {
        var body = (JsonObject)JsonNode.Parse(PushJson.With(path, json))!;
        if (path is "before")
        {
            body.Remove("created");
        }

        Assert.False(Parsed(body.Bytes()).IsComplete);
    }

    [Theory]
    [InlineData(2047, 1, true)]
    [InlineData(2048, 1, false)]
    [InlineData(1, 2999, true)]
    [InlineData(1, 3000, false)]
    public void Lists_at_GitHubs_limits_may_be_cut(int commits, int files, bool complete)
    {
        var body = PushJson.Valid();
        body["commits"] = new JsonArray([.. Enumerable.Range(10, commits).Select(i => new JsonObject
        {
            ["id"] = PushJson.Sha(i),
            ["added"] = new JsonArray([.. Enumerable.Range(0, files).Select(f => (JsonNode)$"file{f}")]),
        })]);

        Assert.Equal(complete, Parsed(body.Bytes()).IsComplete);
    }

    [Fact]
    public void A_tag_and_a_deletion_are_read()
    {
        var tag = Parsed(PushJson.With("ref", "\"refs/tags/release/v1.0\""));
        var body = (JsonObject)JsonNode.Parse(PushJson.With("after", $"\"{PushJson.Zero}\""))!;
        body["deleted"] = true;
        body["head_commit"] = null;

        Assert.Equal((PushedRefKind.Tag, "release/v1.0"), (tag.RefKind, tag.RefName));
        Assert.True(Parsed(body.Bytes()).Deleted);
    }

    private static GitHubPush Parsed(byte[] body) => Assert.IsType<PushParsing.Parsed>(GitHubPushParser.Parse(body)).Push;

    private static PushParsing.Rejected Rejected(byte[] body) => Assert.IsType<PushParsing.Rejected>(GitHubPushParser.Parse(body));
}
