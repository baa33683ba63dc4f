using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Reporting;

namespace Waybill.Engine.Records;

/// <summary>How records are written as JSON. Names are stored: a renamed property needs a migration.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(StageState))]
[JsonSerializable(typeof(Freight))]
[JsonSerializable(typeof(Promotion))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(FreightPointer))]
[JsonSerializable(typeof(WarehouseState))]
[JsonSerializable(typeof(DeliveryLog))]
[JsonSerializable(typeof(StageReports))]
[JsonSerializable(typeof(GitSubscription))]
internal sealed partial class RecordJson : JsonSerializerContext
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Shape<T>.Info);

    public static T Read<T>(string document) =>
        JsonSerializer.Deserialize(document, Shape<T>.Info) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    /// <summary>Looked up once a type.</summary>
    private static class Shape<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
    }
}

/// <summary>Says which freight an index row is about.</summary>
public sealed record FreightPointer(string Id);
