using System.Text.Json.Nodes;

namespace Waybill.Simulation.PulumiCloud;

/// <summary>Pulumi Cloud's JSON.</summary>
internal static class CloudShapes
{
    /// <summary>A record as lists give it: flat.</summary>
    public static JsonObject Info(CloudRecord record) => new()
    {
        ["kind"] = record.Kind,
        ["startTime"] = record.StartedAt.ToUnixTimeSeconds(),
        ["message"] = record.Message,
        ["environment"] = Map(record.Environment, v => v),
        ["config"] = new JsonObject(),
        ["result"] = record.Result,
        ["endTime"] = record.Result is "in-progress" or "not-started" ? 0 : record.EndedAt.ToUnixTimeSeconds(),
        ["version"] = record.Version,
        ["resourceChanges"] = Map(record.ResourceChanges, v => v),
        ["resourceCount"] = record.ResourceChanges.Where(c => c.Key is not "delete").Sum(c => c.Value),
    };

    /// <summary>A record by itself, and in lists of previews: wrapped.</summary>
    public static JsonObject Wrapped(CloudRecord record, int latestVersion) => new()
    {
        ["info"] = Info(record),
        ["updateID"] = record.Id,
        ["version"] = record.Version,
        ["latestVersion"] = latestVersion,
        ["requestedBy"] = new JsonObject { ["name"] = "Operator", ["githubLogin"] = "operator", ["avatarUrl"] = "" },
        ["githubCommitInfo"] = new JsonObject { ["sha"] = record.Environment.GetValueOrDefault("git.head") },
        ["policyPacks"] = new JsonArray(),
    };

    public static JsonObject Page(IReadOnlyList<CloudRecord> records, int page, int size, Func<CloudRecord, JsonObject> shape)
    {
        // Page 0, or none, is all of them.
        var shown = page <= 0 ? records : [.. records.Skip((page - 1) * size).Take(size)];
        return new JsonObject
        {
            ["updates"] = new JsonArray([.. shown.Select(shape)]),
            ["itemsPerPage"] = page <= 0 ? records.Count : size,
            ["total"] = records.Count,
        };
    }

    public static JsonObject Error(int code, string message) => new() { ["code"] = code, ["message"] = message };

    /// <summary>What a webhook tells of a record. It does not name the commit.</summary>
    public static JsonObject Hook(string stack, CloudRecord record, string page)
    {
        var parts = stack.Split('/');
        return new JsonObject
        {
            ["user"] = new JsonObject { ["name"] = "Operator", ["githubLogin"] = "operator", ["avatarUrl"] = "" },
            ["organization"] = new JsonObject { ["name"] = parts[0], ["githubLogin"] = parts[0], ["avatarUrl"] = "" },
            ["projectName"] = parts.ElementAtOrDefault(1),
            ["stackName"] = parts.ElementAtOrDefault(2),
            ["updateUrl"] = page,
            ["kind"] = record.IsPreview ? record.Kind[1..] : record.Kind,
            ["result"] = record.Result,
            ["resourceChanges"] = Map(record.ResourceChanges, v => v),
            ["isPreview"] = record.IsPreview,
        };
    }

    private static JsonObject Map<T>(IReadOnlyDictionary<string, T> map, Func<T, JsonNode?> value) =>
        new(map.Select(m => KeyValuePair.Create(m.Key, value(m.Value))));
}
