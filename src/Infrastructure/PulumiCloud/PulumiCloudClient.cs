using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waybill.Domain.PulumiCloud;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.PulumiCloud;

/// <summary>Pulumi Cloud's REST API. Addresses are built from checked names below the configured one, so a token never goes elsewhere.</summary>
internal sealed class PulumiCloudClient(IHttpClientFactory clients, PulumiCloudOptions options, TimeProvider time) : IPulumiCloudClient
{
    public const string ClientName = "pulumi-cloud";

    /// <summary>A record with the configuration of a large program is far below.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    public string ConsoleHost { get; } = options.ConsoleHost;

    public bool IsConfigured { get; } = options.HasToken;

    public bool CanAsk(string organization) => options.TokenFor(organization) is not null;

    public async Task<CloudRun> GetRunAsync(RunPermalink permalink, CancellationToken cancellationToken)
    {
        var what = $"{permalink.Stack}, {permalink.Subject}";
        var path = permalink.Version is { } version ? string.Create(CultureInfo.InvariantCulture, $"updates/{version}") : $"previews/{permalink.PreviewId}";
        var answer = await GetAsync(permalink.Stack, path, what, PulumiCloudJson.Default.RunPayload, cancellationToken);
        return answer.ToRun() ?? throw PulumiCloudErrors.NoJson(what, options.BaseAddress);
    }

    // The order that nobody asks for differs from what is documented.
    public async Task<IReadOnlyList<CloudRun>> ListRunsAsync(PulumiStackName stack, bool previews, int limit, CancellationToken cancellationToken)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"{(previews ? "updates/latest/previews?asc=false" : "updates?output-type=service")}&page=1&pageSize={limit}");
        var answer = await GetAsync(stack, path, stack.ToString(), PulumiCloudJson.Default.RunListPayload, cancellationToken);
        return [.. (answer.Updates ?? []).Select(u => u.ToRun()).OfType<CloudRun>().Take(limit)];
    }

    private async Task<T> GetAsync<T>(PulumiStackName stack, string path, string what, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.BaseAddress, $"api/stacks/{stack}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("token", options.TokenFor(stack.Organization));
        request.Headers.TryAddWithoutValidation("Accept", "application/vnd.pulumi+8");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Timeout);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return response.IsSuccessStatusCode
                ? await ReadAsync(response, what, type, deadline.Token)
                : throw PulumiCloudErrors.Of(response, what, time.GetUtcNow());
        }
        catch (HttpRequestException error)
        {
            throw PulumiCloudErrors.NoAnswer(what, options.BaseAddress, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw PulumiCloudErrors.Late(what, options.Timeout, error);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, string what, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw PulumiCloudErrors.NoJson(what, options.BaseAddress);
        }
        catch (JsonException error)
        {
            throw PulumiCloudErrors.NoJson(what, options.BaseAddress, error);
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            throw PulumiCloudErrors.TooLarge(what, MaxBytes, error);
        }
    }
}
