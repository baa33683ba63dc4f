namespace Waybill.Manifests.Steps;

/// <summary>The steps that Waybill has, as manifests configure them.</summary>
public static class StepSchemas
{
    private static readonly ObjectShape NameAndValue = new()
    {
        Fields = Fields(("name", ConfigShape.Text), ("value", ConfigShape.Text)),
        Required = ["name", "value"],
    };

    /// <summary>By the name that <c>uses</c> gives.</summary>
    public static IReadOnlyDictionary<string, StepSchema> BuiltIn { get; } =
        new[] { PulumiStackUpdate(), WaitForApproval(), ComposeOutput(), SetMetadata(), Fail(), Http() }
            .Concat(FileStepSchemas.All)
            .Concat(GitStepSchemas.All)
            .Concat(ArgoCdStepSchemas.All)
            .ToDictionary(s => s.Uses);

    private static StepSchema PulumiStackUpdate()
    {
        var stack = new ObjectShape
        {
            Fields = Fields(("cluster", ConfigShape.Text), ("namespace", ConfigShape.Text), ("name", ConfigShape.Text)),
            Required = ["namespace", "name"],
        };

        return new("pulumi-stack-update", new ObjectShape
        {
            Fields = Fields(
                ("stacks", ConfigShape.ListOf(stack, mayBeEmpty: false)),
                ("cluster", ConfigShape.Text),
                ("namespace", ConfigShape.Text),
                ("name", ConfigShape.Text),
                ("commit", ConfigShape.Text),
                ("preview", ConfigShape.Flag),
                ("timeout", ConfigShape.Duration),
                ("failFast", ConfigShape.Flag),
                ("stalledGracePeriod", ConfigShape.Duration)),
            Required = ["commit"],
            Rule = OneStackOrSeveral,
        });
    }

    private static string? OneStackOrSeveral(IReadOnlySet<string> set)
    {
        var single = new[] { "cluster", "namespace", "name" }.Where(set.Contains).ToList();
        return (set.Contains("stacks"), single.Count) switch
        {
            (true, > 0) => $"stacks and {string.Join(", ", single)} exclude each other",
            (false, 0) => "stacks is required (or namespace and name for a single Stack)",
            (false, _) when !(set.Contains("namespace") && set.Contains("name")) => "a Stack needs namespace and name",
            _ => null,
        };
    }

    private static StepSchema WaitForApproval()
    {
        var approver = new ObjectShape
        {
            Fields = Fields(
                ("claim", ConfigShape.Text), ("value", ConfigShape.Text), ("role", ConfigShape.Text), ("required", ConfigShape.Flag)),
            Rule = ClaimOrRole,
        };

        return new("wait-for-approval", new ObjectShape
        {
            Fields = Fields(
                ("minApprovals", ConfigShape.WholeNumber(1)),
                ("approvers", ConfigShape.ListOf(approver)),
                ("pollInterval", ConfigShape.Duration),
                ("timeout", ConfigShape.Duration),
                ("onTimeout", ConfigShape.OneOf("fail", "abort", "approve"))),
        });
    }

    private static string? ClaimOrRole(IReadOnlySet<string> set)
    {
        var (claim, value, role) = (set.Contains("claim"), set.Contains("value"), set.Contains("role"));
        return claim == value && claim != role ? null : "an approver is either claim and value, or role";
    }

    private static StepSchema ComposeOutput() => new("compose-output", new ObjectShape { IsOpen = true, MayBeEmpty = false });

    private static StepSchema SetMetadata()
    {
        var update = new ObjectShape
        {
            Fields = Fields(
                ("kind", ConfigShape.OneOf("Freight", "Stage")),
                ("name", ConfigShape.Text),
                ("values", new ObjectShape { IsOpen = true, MayBeEmpty = false })),
            Required = ["kind", "name", "values"],
        };

        return new("set-metadata", new ObjectShape
        {
            Fields = Fields(("updates", ConfigShape.ListOf(update, mayBeEmpty: false))),
            Required = ["updates"],
        });
    }

    private static StepSchema Fail() => new("fail", new ObjectShape { Fields = Fields(("message", ConfigShape.Text)) });

    private static StepSchema Http()
    {
        var output = new ObjectShape
        {
            Fields = Fields(("name", ConfigShape.Text), ("fromExpression", ConfigShape.Expression)),
            Required = ["name", "fromExpression"],
        };

        return new("http", new ObjectShape
        {
            Fields = Fields(
                ("method", ConfigShape.OneOf("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")),
                ("url", ConfigShape.Text),
                ("headers", ConfigShape.ListOf(NameAndValue)),
                ("queryParams", ConfigShape.ListOf(NameAndValue)),
                ("body", ConfigShape.Text),
                ("insecureSkipTLSVerify", ConfigShape.Flag),
                ("timeout", ConfigShape.Duration),
                ("pollInterval", ConfigShape.Duration),
                ("responseContentType", ConfigShape.OneOf("application/json", "text/plain")),
                ("outputs", ConfigShape.ListOf(output)),
                ("successExpression", ConfigShape.Expression),
                ("failureExpression", ConfigShape.Expression),
                ("errorExpression", ConfigShape.Expression)),
            Required = ["url"],
            Refused = new Dictionary<string, string>
            {
                ["bodyFromFile"] = "use body, with what yaml-parse or json-parse read from the file",
                ["proxy"] = "set the proxy where Waybill runs (HTTPS_PROXY)",
            },
        });
    }

    internal static Dictionary<string, ConfigShape> Fields(params (string Name, ConfigShape Shape)[] fields) =>
        fields.ToDictionary(f => f.Name, f => f.Shape, StringComparer.Ordinal);
}
