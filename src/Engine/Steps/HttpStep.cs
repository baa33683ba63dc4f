using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Waybill.Domain;
using Waybill.Domain.Promotions;
using Waybill.Expressions;

namespace Waybill.Engine.Steps;

/// <summary>
/// <c>http</c>: sends a request and judges the answer, as Kargo's step does. Requests go through the client named
/// <see cref="ClientName"/>, which refuses link-local and metadata addresses and does not follow redirects.
/// </summary>
public sealed class HttpStep(IHttpClientFactory clients, ExpressionCache cache) : IPromotionStep
{
    /// <summary>The HTTP client for addresses that manifests give.</summary>
    public const string ClientName = "manifest-urls";

    private static readonly TimeSpan DefaultRequestTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRequestTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestPollInterval = TimeSpan.FromSeconds(10);

    public string Uses => "http";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var config = context.Config;
        using var request = ReadRequest(config);
        if (config.Flag("insecureSkipTLSVerify"))
        {
            return StepResult.Errored("config.insecureSkipTLSVerify is refused: Waybill always verifies certificates.");
        }

        var timeout = config.Duration("timeout") ?? DefaultRequestTimeout;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout < LongestRequestTimeout ? timeout : LongestRequestTimeout);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            var answer = await HttpAnswer.ReadAsync(response, config.Text("responseContentType"), deadline.Token);
            return Judge(config, answer, context);
        }
        catch (HttpRequestException error)
        {
            return StepResult.TransientError($"{request.Method} {Shown(request.RequestUri!)}: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return StepResult.TransientError($"{request.Method} {Shown(request.RequestUri!)}: no complete answer within {GoDuration.Format(timeout)}.");
        }
    }

    private StepResult Judge(JsonObject config, HttpAnswer answer, StepContext context)
    {
        var scope = answer.Scope();
        var (success, failure) = (config.Text("successExpression"), config.Text("failureExpression"));
        if (failure is not null && IsTrue(failure, scope))
        {
            var words = config.Text("errorExpression") is { } error ? ReadError(cache.Expression(error), scope) : null;
            return StepResult.Failed(words is { Length: > 0 } ? words : $"failureExpression is met: HTTP {answer.Status}.");
        }

        if (success is not null ? IsTrue(success, scope) : failure is null && answer.IsSuccess)
        {
            return StepResult.Succeeded($"HTTP {answer.Status}.", ReadOutputs(config, scope));
        }

        if (success is null && failure is null)
        {
            return StepResult.TransientError($"HTTP {answer.Status}.");
        }

        var pollInterval = config.Duration("pollInterval") ?? TimeSpan.FromSeconds(30);
        return StepResult.Waiting($"HTTP {answer.Status}; neither success nor failure yet.") with
        {
            NextCheckAt = context.Now + (pollInterval > ShortestPollInterval ? pollInterval : ShortestPollInterval),
        };
    }

    // A failure stays a failure when its answer is not of the shape that the expression expects.
    private static string? ReadError(Expression expression, ExpressionScope scope)
    {
        try
        {
            return expression.Evaluate(scope) as string;
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    private bool IsTrue(string expression, ExpressionScope scope) => cache.Expression(expression).Evaluate(scope) switch
    {
        bool truth => truth,
        var other => throw new StepConfigException($"{expression} is {other ?? "nil"}, not true or false."),
    };

    private JsonObject ReadOutputs(JsonObject config, ExpressionScope scope) => new(
        config.Objects("outputs").Select(o => KeyValuePair.Create(
            o.RequiredText("name"), ExpressionValue.ToJson(cache.Expression(o.RequiredText("fromExpression")).Evaluate(scope)))));

    private static HttpRequestMessage ReadRequest(JsonObject config)
    {
        var text = config.RequiredText("url");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new StepConfigException("config.url is not an absolute http or https address.");
        }

        var query = string.Join('&', config.Objects("queryParams").Select(
            p => $"{Uri.EscapeDataString(p.RequiredText("name"))}={Uri.EscapeDataString(p.Text("value") ?? "")}"));
        var builder = new UriBuilder(url);
        builder.Query = query.Length == 0 ? builder.Query : builder.Query.Length > 1 ? $"{builder.Query}&{query}" : query;
        var request = new HttpRequestMessage(new HttpMethod(config.Text("method")?.ToUpperInvariant() ?? "GET"), builder.Uri);
        if (config["body"] is { } body)
        {
            request.Content = new StringContent(config["body"] is JsonValue ? config.Text("body")! : body.ToJsonString(), Encoding.UTF8);
        }

        foreach (var header in config.Objects("headers"))
        {
            AddHeader(request, header.RequiredText("name"), header.Text("value") ?? "");
        }

        return request;
    }

    private static void AddHeader(HttpRequestMessage request, string name, string value)
    {
        if (string.Equals(name, "Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            request.Content?.Headers.ContentType = MediaTypeHeaderValue.TryParse(value, out var type) ? type : null;
            return;
        }

        if (!request.Headers.TryAddWithoutValidation(name, value))
        {
            throw new StepConfigException($"config.headers[] can't set {name}.");
        }
    }

    // Query strings carry keys more often than they should.
    private static string Shown(Uri url) => url.GetLeftPart(UriPartial.Path);
}
