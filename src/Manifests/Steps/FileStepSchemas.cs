namespace Waybill.Manifests.Steps;

/// <summary>The steps that read and change files, configured as Kargo's are.</summary>
internal static class FileStepSchemas
{
    public static IEnumerable<StepSchema> All { get; } =
    [
        .. new[] { "yaml", "json", "toml" }.SelectMany(format => new[] { Update(format), Parse(format) }),
        Merge(),
    ];

    private static StepSchema Update(string format)
    {
        var update = new ObjectShape
        {
            Fields = new Dictionary<string, ConfigShape> { ["key"] = ConfigShape.Text, ["value"] = ConfigShape.Any },
            Required = ["key", "value"],
        };

        return new($"{format}-update", new ObjectShape
        {
            Fields = new Dictionary<string, ConfigShape>
            {
                ["path"] = ConfigShape.Text,
                ["updates"] = ConfigShape.ListOf(update, mayBeEmpty: false),
            },
            Required = ["path", "updates"],
        });
    }

    private static StepSchema Parse(string format)
    {
        var output = new ObjectShape
        {
            Fields = new Dictionary<string, ConfigShape> { ["name"] = ConfigShape.Text, ["fromExpression"] = ConfigShape.Expression },
            Required = ["name", "fromExpression"],
        };

        return new($"{format}-parse", new ObjectShape
        {
            Fields = new Dictionary<string, ConfigShape>
            {
                ["path"] = ConfigShape.Text,
                ["outputs"] = ConfigShape.ListOf(output, mayBeEmpty: false),
            },
            Required = ["path", "outputs"],
        });
    }

    private static StepSchema Merge() => new("yaml-merge", new ObjectShape
    {
        Fields = new Dictionary<string, ConfigShape>
        {
            ["inFiles"] = ConfigShape.ListOf(ConfigShape.Text, mayBeEmpty: false),
            ["outFile"] = ConfigShape.Text,
            ["ignoreMissingFiles"] = ConfigShape.Flag,
        },
        Required = ["inFiles", "outFile"],
    });
}
