using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Domain.Auditing;

namespace Waybill.Web.Api;

/// <summary>How the API writes and reads JSON. Unknown members of a request are refused: a misspelt wish must not be half fulfilled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ProblemPayload))]
[JsonSerializable(typeof(HealthPayload))]
[JsonSerializable(typeof(WebhookPayload))]
[JsonSerializable(typeof(ListPayload<ProjectPayload>))]
[JsonSerializable(typeof(ListPayload<FreightPayload>))]
[JsonSerializable(typeof(ListPayload<StagePayload>))]
[JsonSerializable(typeof(ListPayload<PromotionPayload>))]
[JsonSerializable(typeof(ListPayload<AuditEntry>))]
[JsonSerializable(typeof(ApprovalPayload))]
[JsonSerializable(typeof(PromoteRequest))]
[JsonSerializable(typeof(AbortRequestBody))]
[JsonSerializable(typeof(ApproveRequest))]
[JsonSerializable(typeof(AssembleRequest))]
[JsonSerializable(typeof(WarehousePayload))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    public static JsonHttpResult<T> Ok<T>(T payload) => Result(payload, StatusCodes.Status200OK);

    public static JsonHttpResult<T> Result<T>(T payload, int status) => TypedResults.Json(payload, Default, statusCode: status);
}
