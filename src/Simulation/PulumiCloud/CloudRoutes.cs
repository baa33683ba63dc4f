using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.PulumiCloud;

/// <summary>The questions about one stack that are answered: what comes after <c>/api/stacks/{organization}/{project}/{stack}</c>.</summary>
internal static class CloudRoutes
{
    private const int DefaultPageSize = 10;

    /// <summary>The answer; null when there is none of what was asked for.</summary>
    public static JsonObject? Get(CloudStack stack, string[] path, IQueryCollection query) => path switch
    {
        [] => Describe(stack),
        ["updates"] => Updates(stack, query),
        ["updates", "latest"] => Wrap(stack, NewestOf(stack)),
        ["updates", "latest", "previews"] => Previews(stack, stack.LatestVersion, query),
        ["updates", var version, "previews"] when IsNumber(version, out var number) => Previews(stack, number, query),
        ["updates", var version, .. [] or ["summary"]] when IsNumber(version, out var number) =>
            Wrap(stack, stack.Updates.FirstOrDefault(u => u.Version == number)),
        ["previews", var id] => Wrap(stack, stack.Find(id) is { IsPreview: true } preview ? preview : null),
        ["update", var id] => stack.Find(id) is { } record
            ? new JsonObject { ["status"] = record.Result, ["events"] = new JsonArray(), ["continuationToken"] = null }
            : null,
        _ => null,
    };

    private static JsonObject Describe(CloudStack stack) => new()
    {
        ["orgName"] = stack.Name.Split('/')[0],
        ["projectName"] = stack.Name.Split('/').ElementAtOrDefault(1),
        ["stackName"] = stack.Name.Split('/').ElementAtOrDefault(2),
        ["activeUpdate"] = NewestOf(stack)?.Id ?? "",
        ["version"] = stack.LatestVersion,
        ["tags"] = new JsonObject(),
    };

    private static JsonObject Updates(CloudStack stack, IQueryCollection query) => CloudShapes.Page(
        stack.Updates,
        Number(query, "page", 0),
        Number(query, "pageSize", DefaultPageSize),
        query["output-type"] == "service" ? r => CloudShapes.Wrapped(r, stack.LatestVersion) : CloudShapes.Info);

    // The order that nobody asked for is oldest first, whatever the documentation says.
    private static JsonObject Previews(CloudStack stack, int version, IQueryCollection query)
    {
        var newestFirst = stack.PreviewsSince(version);
        return CloudShapes.Page(
            query["asc"] == "false" ? newestFirst : [.. newestFirst.Reverse()],
            Number(query, "page", 0),
            Number(query, "pageSize", DefaultPageSize),
            r => CloudShapes.Wrapped(r, stack.LatestVersion));
    }

    private static CloudRecord? NewestOf(CloudStack stack) => stack.Updates is [var newest, ..] ? newest : null;

    private static JsonObject? Wrap(CloudStack stack, CloudRecord? record) => record is null ? null : CloudShapes.Wrapped(record, stack.LatestVersion);

    private static int Number(IQueryCollection query, string name, int otherwise) =>
        IsNumber(query[name].ToString(), out var number) ? number : otherwise;

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
