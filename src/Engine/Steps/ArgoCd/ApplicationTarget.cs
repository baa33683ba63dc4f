using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps.ArgoCd;

/// <summary>Which Applications an entry of a step's <c>apps</c> means: one by name, or those with certain labels.</summary>
/// <param name="Namespace">Where; null for Argo CD's own namespace.</param>
/// <param name="Name">The name; null to go by labels.</param>
/// <param name="Selector">The labels, in Kubernetes' notation.</param>
internal sealed record ApplicationTarget(string? Namespace, string? Name, string Selector)
{
    public static ApplicationTarget Read(JsonObject app)
    {
        var name = app.Text("name") is { Length: > 0 } text ? text : null;
        var selector = app["selector"] as JsonObject;
        return (name is null) == (selector is null)
            ? throw new StepConfigException("config.apps[] must set either name or selector.")
            : new(app.Text("namespace") is { Length: > 0 } other ? other : null, name, selector is null ? "" : ReadSelector(selector));
    }

    /// <summary>The Applications as they are; empty when there are none.</summary>
    public async Task<IReadOnlyList<ApplicationSnapshot>> FindAsync(IArgoCdClient client, CancellationToken cancellationToken)
    {
        if (Name is null)
        {
            return await client.ListAsync(Namespace, Selector, cancellationToken);
        }

        return await client.GetAsync(client.Locate(Namespace, Name), cancellationToken) is { } found ? [found] : [];
    }

    /// <summary>What to say when there are none.</summary>
    public string Missing(IArgoCdClient client) => Name is null
        ? $"No Application in namespace {Namespace ?? client.Locate(null, "").Namespace} has the labels {Selector}."
        : $"There is no Application {client.Locate(Namespace, Name)}: create it, or correct the name or namespace.";

    private static string ReadSelector(JsonObject selector)
    {
        var labels = (selector["matchLabels"] as JsonObject ?? []).Select(l => $"{l.Key}={l.Value}");
        var expressions = selector.Objects("matchExpressions").Select(ReadExpression);
        var terms = labels.Concat(expressions).ToList();
        return terms.Count == 0 ? throw new StepConfigException("config.apps[].selector must have matchLabels or matchExpressions.") : string.Join(',', terms);
    }

    private static string ReadExpression(JsonObject expression)
    {
        var (key, values) = (expression.RequiredText("key"), (expression["values"] as JsonArray ?? []).Select(v => $"{v}").ToList());
        var needsValues = expression.RequiredText("operator") is "In" or "NotIn";
        if (needsValues != values.Count > 0)
        {
            throw new StepConfigException($"config.apps[].selector.matchExpressions[] for {key} must {(needsValues ? "have" : "not have")} values.");
        }

        return expression.Text("operator") switch
        {
            "In" => $"{key} in ({string.Join(',', values)})",
            "NotIn" => $"{key} notin ({string.Join(',', values)})",
            "Exists" => key,
            "DoesNotExist" => $"!{key}",
            var other => throw new StepConfigException($"config.apps[].selector has the operator \"{other}\"; it must be In, NotIn, Exists or DoesNotExist."),
        };
    }
}
