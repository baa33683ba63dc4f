using System.Text;
using System.Text.Json.Nodes;

namespace Waybill.Engine.Tests.Webhooks;

/// <summary>Bodies of push webhooks, right ones and spoilt ones.</summary>
internal static class PushJson
{
    public static readonly string Zero = new('0', 40);

    public static string Sha(int n) => $"{n:x}".PadLeft(40, 'a');

    public static JsonObject Valid() => (JsonObject)JsonNode.Parse($$"""
        {
          "ref": "refs/heads/main", "before": "{{Sha(1)}}", "after": "{{Sha(3)}}",
          "created": false, "deleted": false, "forced": false, "base_ref": null, "compare": "https://github.com/acme/infra/compare/1...3",
          "repository": {
            "id": 1, "full_name": "acme/infra", "clone_url": "https://github.com/acme/infra.git", "html_url": "https://github.com/acme/infra",
            "default_branch": "main", "pushed_at": 1700000000, "owner": {"login": "acme"}
          },
          "commits": [
            {"id": "{{Sha(2)}}", "message": "Add bucket", "timestamp": "2026-01-02T03:04:05+01:00", "distinct": true,
             "author": {"name": "Ada", "email": "ada@example.com"}, "committer": {"name": "GitHub", "email": "noreply@github.com"},
             "added": ["infra/bucket.ts"], "modified": [], "removed": []},
            {"id": "{{Sha(3)}}", "message": "Say why\n\nBody", "timestamp": "2026-01-02T03:05:05+01:00", "distinct": false,
             "author": {"name": "Ada"}, "added": [], "modified": ["README.md"], "removed": ["old.md"]}
          ],
          "head_commit": {"id": "{{Sha(3)}}", "message": "Say why\n\nBody", "added": [], "modified": ["README.md"], "removed": ["old.md"]},
          "sender": {"login": "ada", "id": 7}
        }
        """)!;

    public static byte[] Bytes(this JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    /// <summary>The valid body with the value at a path such as <c>repository.pushed_at</c> replaced by JSON text, or removed when null.</summary>
    public static byte[] With(string path, string? json)
    {
        var body = Valid();
        JsonNode at = body;
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            at = int.TryParse(name, out var index) ? at[index]! : at[name]!;
        }

        if (json is null)
        {
            ((JsonObject)at).Remove(names[^1]);
        }
        else if (int.TryParse(names[^1], out var index))
        {
            at[index] = JsonNode.Parse(json);
        }
        else
        {
            at[names[^1]] = JsonNode.Parse(json);
        }

        return body.Bytes();
    }
}
