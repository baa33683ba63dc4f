using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Waybill.Web.Problems;

namespace Waybill.Web.Requests;

/// <summary>Reads what people and programs post: small, and nothing in it that is not known.</summary>
internal static class RequestBodies
{
    public const int Limit = 64 * 1024;

    /// <exception cref="ProblemException">It is not JSON of that shape, or too large.</exception>
    public static async Task<T> ReadJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ProblemException(Problem.UnsupportedMediaType("application/json"));
        }

        var body = await BoundedBody.ReadAsync(context.Request, Limit, context.RequestAborted);
        try
        {
            return JsonSerializer.Deserialize(body.Span, type)
                ?? throw new ProblemException(Problem.BadRequest("The body is null; send a JSON object."));
        }
        catch (JsonException error)
        {
            throw new ProblemException(Problem.BadRequest($"The body is not the JSON expected here: {error.Message}"));
        }
    }

    /// <summary>A posted form's fields.</summary>
    /// <exception cref="ProblemException">It is not a form, or too large.</exception>
    public static async Task<IReadOnlyDictionary<string, StringValues>> ReadFormFieldsAsync(this HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true)
        {
            throw new ProblemException(Problem.UnsupportedMediaType("application/x-www-form-urlencoded"));
        }

        var body = await BoundedBody.ReadAsync(context.Request, Limit, context.RequestAborted);
        try
        {
            return new FormReader(Encoding.UTF8.GetString(body.Span)).ReadForm();
        }
        catch (InvalidDataException error)
        {
            throw new ProblemException(Problem.BadRequest($"The form can't be read: {error.Message}"));
        }
    }

    /// <summary>A field's text without surrounding blanks; empty when absent.</summary>
    public static string Text(this IReadOnlyDictionary<string, StringValues> form, string field) =>
        form.TryGetValue(field, out var value) ? value.ToString().Trim() : "";

    /// <summary>The texts of a field that may come several times, in their order.</summary>
    public static IReadOnlyList<string> Texts(this IReadOnlyDictionary<string, StringValues> form, string field) =>
        form.TryGetValue(field, out var values) ? [.. values.Select(v => v?.Trim() ?? "")] : [];

    /// <exception cref="ProblemException">There is none, or it is longer than any such text is.</exception>
    public static string Required(string? text, string name, int maxLength) => text?.Trim() switch
    {
        null or "" => throw new ProblemException(Problem.BadRequest($"{name} is missing or empty; say which.")),
        { Length: var length } when length > maxLength => throw new ProblemException(Problem.BadRequest($"{name} has {length} characters; at most {maxLength} are allowed.")),
        { } trimmed => trimmed,
    };

    /// <exception cref="ProblemException">It is longer than any such text is.</exception>
    public static string Optional(string? text, string name, int maxLength) =>
        string.IsNullOrWhiteSpace(text) ? "" : Required(text, name, maxLength);
}
