using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Domain.PulumiCloud;

namespace Waybill.Infrastructure.PulumiCloud;

/// <summary>A list of runs; what previews and <c>output-type=service</c> give is wrapped.</summary>
internal sealed record RunListPayload(IReadOnlyList<RunPayload>? Updates);

/// <summary>A run with what surrounds it.</summary>
internal sealed record RunPayload(RunInfoPayload? Info, [property: JsonPropertyName("updateID")] string? UpdateId, int? Version)
{
    /// <summary>The run; null when the answer lacks what every run has.</summary>
    public CloudRun? ToRun()
    {
        if (Info is not { Kind: { Length: > 0 } kind, Result: { Length: > 0 } result })
        {
            return null;
        }

        return new CloudRun
        {
            Kind = kind,
            Result = result,
            Version = Info.Version ?? Version,
            Id = UpdateId,
            Commit = Info.Environment?.TryGetValue("git.head", out var head) is true && head is { Length: > 0 } ? head : null,
            Message = Info.Message ?? "",
            StartedAt = Moment(Info.StartTime),
            EndedAt = Moment(Info.EndTime),
            Changes = Info.ResourceChanges is { } changes ? ResourceChanges.Of(changes) : null,
        };
    }

    private static DateTimeOffset? Moment(long? seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;
}

/// <summary>A run. Times are Unix seconds; 0 when not yet.</summary>
internal sealed record RunInfoPayload
{
    public string? Kind { get; init; }

    public string? Result { get; init; }

    public int? Version { get; init; }

    public long? StartTime { get; init; }

    public long? EndTime { get; init; }

    public string? Message { get; init; }

    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    public IReadOnlyDictionary<string, int>? ResourceChanges { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, MaxDepth = 64)]
[JsonSerializable(typeof(RunPayload))]
[JsonSerializable(typeof(RunListPayload))]
internal sealed partial class PulumiCloudJson : JsonSerializerContext;
