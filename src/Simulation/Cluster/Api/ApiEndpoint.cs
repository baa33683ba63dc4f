using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.Cluster.Api;

/// <summary>Answers the API server's requests: who, what, faults, then the objects.</summary>
internal sealed class ApiEndpoint(SimulatedApiServer server, ObjectStore objects, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await AnswerAsync(context, ended.Token);
        }
        catch (ApiFailure failure)
        {
            await WriteAsync(context, failure.Code, failure.ToStatus());
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var user = server.UserOf(context.Request.Headers.Authorization) ?? throw ApiFailure.Unauthorized();
        var watch = context.Request.Query["watch"].ToString() is "true" or "1";
        if (ApiCall.TryRead(context.Request.Method, context.Request.Path, watch, server.IsInstalled) is not { } call)
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("404 page not found\n", cancellationToken);
            return;
        }

        if (!user.IsOperator)
        {
            server.Record(call);
            if (server.Faults.Take(call.Verb, call.Kind.Plural, call.Name) is { } fault)
            {
                await FailAsync(context, fault, call, cancellationToken);
                return;
            }
        }

        if (!user.May(call.Verb, call.Kind.Plural))
        {
            throw ApiFailure.Forbidden(user.Name, call);
        }

        await (watch ? WatchAsync(context, call, cancellationToken) : CallAsync(context, call));
    }

    private static async Task FailAsync(HttpContext context, Fault fault, ApiCall call, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Hang:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case FaultKind.Stall:
                await context.Response.WriteAsync("{\"kind\":", cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case FaultKind.Drop:
                context.Abort();
                break;
            case FaultKind.Garble:
                await context.Response.WriteAsync("<html>Sign in to the proxy</html>", cancellationToken);
                break;
            default:
                context.Response.Headers.RetryAfter = fault.RetryAfterSeconds?.ToString(CultureInfo.InvariantCulture);
                throw Failure(fault.StatusCode, call);
        }
    }

    private static ApiFailure Failure(int code, ApiCall call) => code switch
    {
        401 => ApiFailure.Unauthorized(),
        403 => ApiFailure.Forbidden("somebody", call),
        404 => ApiFailure.NotFound(call.Kind, call.Name ?? ""),
        409 => ApiFailure.Conflict(call.Kind, call.Name ?? ""),
        422 => ApiFailure.Invalid(call.Kind, call.Name ?? "", "spec: Invalid value: an admission webhook says no"),
        429 => new(429, "TooManyRequests", "too many requests, please try again later"),
        _ => new(code, "InternalError", "an error on the server has prevented the request from succeeding"),
    };

    private async Task CallAsync(HttpContext context, ApiCall call)
    {
        var (kind, @namespace, name) = (call.Kind, call.Namespace ?? "", call.Name ?? "");
        var (code, answer) = call.Verb switch
        {
            "get" => (200, objects.Get(kind, @namespace, name)),
            "list" => (200, List(call, context.Request.Query)),
            "create" => (201, objects.Create(kind, @namespace, await ReadAsync(context))),
            "update" => (200, objects.Change(kind, @namespace, name, call.IsStatus, WithVersion(call, await ReadAsync(context)))),
            "patch" => (200, await PatchAsync(context, call)),
            _ => (200, objects.Delete(kind, @namespace, name)),
        };
        await WriteAsync(context, code, answer);
    }

    private static Func<JsonObject, JsonObject> WithVersion(ApiCall call, JsonObject wanted) =>
        wanted["metadata"]?["resourceVersion"] is null
            ? throw ApiFailure.Invalid(call.Kind, call.Name!, "metadata.resourceVersion: Invalid value: 0x0: must be specified for an update")
            : _ => wanted;

    private async Task<JsonObject> PatchAsync(HttpContext context, ApiCall call)
    {
        if (context.Request.ContentType?.Split(';')[0] is not "application/merge-patch+json")
        {
            throw new ApiFailure(
                415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/merge-patch+json");
        }

        var patch = await ReadAsync(context);
        return objects.Change(call.Kind, call.Namespace!, call.Name!, call.IsStatus, current => MergePatch.Apply(current, patch));
    }

    private JsonObject List(ApiCall call, IQueryCollection query)
    {
        var (items, version) = objects.List(call.Kind, call.Namespace);
        var (field, labels) = (query["fieldSelector"].ToString(), LabelSelector.Parse(query["labelSelector"].ToString()));
        var name = field.StartsWith("metadata.name=", StringComparison.Ordinal) ? field["metadata.name=".Length..] : null;
        var found = items.Where(i => labels.Matches(i) && (name is null || i["metadata"]!["name"]!.GetValue<string>() == name)).ToList();
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        if (int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var limit) && limit > 0 && found.Count > limit)
        {
            // Nobody reads on from here, so the token says nothing.
            metadata["continue"] = "more";
            found = found[..limit];
        }

        return new JsonObject
        {
            ["apiVersion"] = call.Kind.ApiVersion,
            ["kind"] = $"{call.Kind.Kind}List",
            ["metadata"] = metadata,
            ["items"] = new JsonArray([.. found]),
        };
    }

    private async Task WatchAsync(HttpContext context, ApiCall call, CancellationToken cancellationToken)
    {
        var from = context.Request.Query["resourceVersion"].ToString();
        var (existing, version) = objects.List(call.Kind, call.Namespace);
        context.Response.ContentType = "application/json";
        if (!long.TryParse(from, CultureInfo.InvariantCulture, out var after) || after == 0)
        {
            after = version;
            foreach (var item in existing)
            {
                await WriteEventAsync(context, "ADDED", item, cancellationToken);
            }
        }

        await context.Response.Body.FlushAsync(cancellationToken);
        try
        {
            await FollowAsync(context, call, after, cancellationToken);
        }
        catch (ApiFailure failure)
        {
            await WriteEventAsync(context, "ERROR", failure.ToStatus(), cancellationToken);
        }
    }

    private async Task FollowAsync(HttpContext context, ApiCall call, long after, CancellationToken cancellationToken)
    {
        await foreach (var change in objects.Log.ReadAsync(after, cancellationToken))
        {
            if (change.Plural == call.Kind.Plural && (call.Namespace is null || call.Namespace == change.Namespace))
            {
                await WriteEventAsync(context, change.Type, (JsonObject)change.Object.DeepClone(), cancellationToken);
            }
        }
    }

    private static async Task WriteEventAsync(HttpContext context, string type, JsonObject item, CancellationToken cancellationToken)
    {
        var line = new JsonObject { ["type"] = type, ["object"] = item }.ToJsonString() + "\n";
        await context.Response.WriteAsync(line, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    private static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject
                ?? throw ApiFailure.BadRequest("the object provided is not an object");
        }
        catch (JsonException ex)
        {
            throw ApiFailure.BadRequest($"the object provided is unrecognized: {ex.Message}");
        }
    }

    private static Task WriteAsync(HttpContext context, int code, JsonObject body)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
