using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Waybill.Domain.Analysis;

/// <summary>Where a metric's value comes from. Every text may hold <c>{{args.NAME}}</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WebMetric), "web")]
[JsonDerivedType(typeof(PrometheusMetric), "prometheus")]
[JsonDerivedType(typeof(JobMetric), "job")]
public abstract record MetricProvider;

/// <summary>A header of a request.</summary>
public sealed record MetricHeader(string Key, string Value);

/// <summary>The answer to an HTTP request, or a part of it.</summary>
public sealed record WebMetric : MetricProvider
{
    public required string Url { get; init; }

    /// <summary><c>GET</c>, <c>POST</c> or <c>PUT</c>.</summary>
    public string Method { get; init; } = "GET";

    public IReadOnlyList<MetricHeader> Headers { get; init; } = [];

    /// <summary>The request's body; null when it has none or <see cref="JsonBody"/> is it.</summary>
    public string? Body { get; init; }

    public JsonNode? JsonBody { get; init; }

    /// <summary>What of the answer is the result, as kubectl writes it; the whole answer when null.</summary>
    public string? JsonPath { get; init; }

    /// <summary>How long one measurement may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether any certificate will do.</summary>
    public bool IsInsecure { get; init; }
}

/// <summary>The result of a Prometheus query: a number, or a list of numbers.</summary>
public sealed record PrometheusMetric : MetricProvider
{
    /// <summary>Prometheus' base address.</summary>
    public required string Address { get; init; }

    public required string Query { get; init; }

    public IReadOnlyList<MetricHeader> Headers { get; init; } = [];

    /// <summary>How long one measurement may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether any certificate will do.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>The range to query; null for the present moment.</summary>
    public PrometheusRange? Range { get; init; }
}

/// <summary>The range of a Prometheus query.</summary>
/// <param name="Start">An expression for a date, such as <c>now() - duration("1h")</c>.</param>
/// <param name="End">The same.</param>
/// <param name="Step">A duration in Go's notation.</param>
public sealed record PrometheusRange(string Start, string End, string Step);

/// <summary>Whether a Kubernetes Job completes.</summary>
public sealed record JobMetric : MetricProvider
{
    /// <summary>The cluster to run it in, by its name in the settings; null for the one where Stacks of committed manifests live.</summary>
    public string? Cluster { get; init; }

    /// <summary>The namespace to run it in; the project's name when null.</summary>
    public string? Namespace { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The Job's <c>spec</c>.</summary>
    public required JsonObject Spec { get; init; }
}
