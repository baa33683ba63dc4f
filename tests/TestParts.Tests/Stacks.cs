using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Waybill.TestParts.Tests;

/// <summary>The Stacks of one namespace, over plain HTTP.</summary>
internal sealed class Stacks(HttpClient client, string @namespace) : IDisposable
{
    private const string MergePatch = "application/merge-patch+json";

    private string Path { get; } = $"apis/pulumi.com/v1/namespaces/{@namespace}/stacks";

    public static async Task<Stacks> InNewNamespaceAsync(KubeApiServer server) =>
        new(server.CreateHttpClient(), await server.CreateNamespaceAsync());

    public Stacks With(HttpClient other) => new(other, @namespace);

    public async Task<JsonNode> CreateAsync(string name)
    {
        using var answer = await PostAsync(name, new JsonObject { ["stack"] = "org/project/dev", ["commit"] = new string('a', 40) });
        answer.EnsureSuccessStatusCode();
        return await ReadAsync(answer);
    }

    public Task<HttpResponseMessage> PostAsync(string name, JsonNode spec) => client.PostAsJsonAsync(Path, new JsonObject
    {
        ["apiVersion"] = "pulumi.com/v1",
        ["kind"] = "Stack",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = spec,
    });

    public Task<HttpResponseMessage> GetAsync(string name) => client.GetAsync($"{Path}/{name}");

    public Task<HttpResponseMessage> PutAsync(string name, JsonNode stack) => client.PutAsJsonAsync($"{Path}/{name}", stack);

    public async Task<HttpResponseMessage> PatchAsync(string name, string patch)
    {
        using var content = new StringContent(patch, Encoding.UTF8, MergePatch);
        return await client.PatchAsync($"{Path}/{name}", content);
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>())!;

    public void Dispose() => client.Dispose();
}
