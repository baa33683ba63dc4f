using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Waybill.Engine.GitOps;

/// <summary>A PKO Stack as a manifest in Git describes it, as far as a promotion needs to know it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace; null when whoever applies the manifest decides.</param>
/// <param name="Commit">The commit that it asks for; null when it follows a branch or another source.</param>
/// <param name="Preview">Whether it only ever previews.</param>
public sealed record StackManifest(string Name, string? Namespace, string? Commit, bool Preview)
{
    private const string ApiGroup = "pulumi.com/";

    /// <summary>The Stacks among a file's documents; none when it is not YAML: that is for whoever applies it to say.</summary>
    public static IReadOnlyList<StackManifest> ReadAll(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        List<StackManifest> found = [];
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            while (parser.TryConsume<DocumentStart>(out _))
            {
                if (Read(parser) is { } stack)
                {
                    found.Add(stack);
                }

                parser.Consume<DocumentEnd>();
            }

            return found;
        }
        catch (YamlException)
        {
            return found;
        }
    }

    private static StackManifest? Read(IParser parser)
    {
        var (top, metadata, spec) = (Fields(), Fields(), Fields());
        ReadScalars(parser, top, ("metadata", metadata), ("spec", spec));
        return top.GetValueOrDefault("kind") is "Stack"
            && top.GetValueOrDefault("apiVersion")?.StartsWith(ApiGroup, StringComparison.Ordinal) is true
            && metadata.GetValueOrDefault("name") is { Length: > 0 } name
                ? new StackManifest(name, metadata.GetValueOrDefault("namespace"), spec.GetValueOrDefault("commit"), spec.GetValueOrDefault("preview") is "true")
                : null;

        static Dictionary<string, string> Fields() => new(StringComparer.Ordinal);
    }

    // Event by event, so that neither depth nor aliases of a hostile file cost anything.
    private static void ReadScalars(IParser parser, Dictionary<string, string> fields, params (string Name, Dictionary<string, string> Fields)[] nested)
    {
        if (!parser.TryConsume<MappingStart>(out _))
        {
            parser.SkipThisAndNestedEvents();
            return;
        }

        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.TryConsume<Scalar>(out var scalar) ? scalar.Value : Skip(parser);
            if (nested.FirstOrDefault(n => n.Name == key).Fields is { } inner)
            {
                ReadScalars(parser, inner);
            }
            else if (parser.TryConsume<Scalar>(out var value))
            {
                fields[key] = value.Value;
            }
            else
            {
                Skip(parser);
            }
        }
    }

    private static string Skip(IParser parser)
    {
        parser.SkipThisAndNestedEvents();
        return "";
    }
}
