using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Files;

/// <summary><c>delete</c>: deletes files and directories, by their paths or by globs.</summary>
public sealed class DeleteStep(WorkTrees.WorkTrees trees) : IPromotionStep
{
    private const int MaxDeletions = 200;

    public string Uses => "delete";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (config, tree) = (context.Config, trees.Begin(context));
        var (strict, areGlobs, deleted) = (config.Flag("strict"), config.Flag("pathsAreGlobs"), 0);
        foreach (var path in PathsOf(config))
        {
            var targets = areGlobs ? await ExpandAsync(tree, path, cancellationToken) : [path];
            var found = 0;
            foreach (var target in targets)
            {
                found += await tree.DeleteAsync(target, cancellationToken) ? 1 : 0;
            }

            if (found == 0 && strict)
            {
                return StepResult.Failed(areGlobs ? $"Nothing matches {path}." : $"There is no {path}.");
            }

            deleted += found;
        }

        return StepResult.Succeeded($"Deleted {deleted} {(deleted == 1 ? "path" : "paths")}.") with { WorkTree = tree.State };
    }

    private static List<string> PathsOf(JsonObject config)
    {
        var paths = config["paths"] switch
        {
            null => [],
            JsonArray list when list.All(p => p is JsonValue) => list.Select(p => p!.ToString()).ToList(),
            _ => throw new StepConfigException("config.paths must be a list of texts."),
        };
        return config.Text("path") is { Length: > 0 } path ? [path, .. paths]
            : paths.Count > 0 ? paths
            : throw new StepConfigException("config.path or config.paths is missing.");
    }

    /// <summary>The files and directories that a glob matches, without those in matched directories.</summary>
    private static async Task<IReadOnlyList<string>> ExpandAsync(VirtualWorkTree tree, string glob, CancellationToken cancellationToken)
    {
        var parts = glob.Split('/').Where(p => p is not ("" or ".")).ToList();
        var start = string.Join('/', parts.TakeWhile(p => p.IndexOfAny(['*', '?', '[', '{', '\\']) < 0).Take(parts.Count - 1));
        try
        {
            var pattern = GlobPattern.Parse(string.Join('/', parts));
            var below = await tree.ListAsync(start, cancellationToken);
            var all = below.Select(p => PathRules.Join(start, p)).SelectMany(WithDirectories).Where(p => p != start && PathRules.IsWithin(p, start)).Distinct();
            var matched = all.Where(p => pattern.IsMatch(p)).ToHashSet(StringComparer.Ordinal);
            List<string> outermost = [.. matched.Where(p => !Ancestors(p).Any(matched.Contains)).Order(StringComparer.Ordinal)];
            return outermost.Count <= MaxDeletions
                ? outermost
                : throw new WorkTreeException($"{outermost.Count} paths match {glob}, and a step deletes at most {MaxDeletions}: delete a directory instead.");
        }
        catch (FormatException e)
        {
            throw new StepConfigException($"config: the glob {glob} can't be read: {e.Message}");
        }
    }

    private static IEnumerable<string> WithDirectories(string path) => Ancestors(path).Append(path);

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var parent = PathRules.Parent(path); parent.Length > 0; parent = PathRules.Parent(parent))
        {
            yield return parent;
        }
    }
}
