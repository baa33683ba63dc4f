using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Waybill.TestParts;

/// <summary>
/// The operator's custom resource definitions: its real ones where they lie in the shared folder, else the tests' own
/// small ones; and always the tests' own of Argo CD's Application. All are YAML documents, sent as they are: the server reads YAML.
/// </summary>
internal sealed record CustomResources(string Origin, IReadOnlyList<string> Documents)
{
    private const string Path = "apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The definitions to use on this machine.</summary>
    public static CustomResources Find() =>
        SharedFolder.TryFind("crds") is { } folder && Directory.GetFiles(folder, "*.yaml") is { Length: > 0 } files
            ? new CustomResources(folder, [.. files.Order(StringComparer.Ordinal).Select(File.ReadAllText), .. Embedded(IsArgoCd)])
            : new CustomResources("the tests' own (tests/TestParts/Crds)", [.. Embedded(_ => true)]);

    /// <summary>Creates every definition with a plain POST (old servers cannot apply them) and waits until all are served.</summary>
    public async Task InstallAsync(HttpClient admin)
    {
        var names = await Task.WhenAll(Documents.Select(document => CreateAsync(admin, document)));
        await Task.WhenAll(names.Select(name => Poll.UntilAsync(
            $"the definition {name} to be established",
            Deadline,
            cancellation => IsEstablishedAsync(admin, name, cancellation))));
    }

    private static bool IsArgoCd(string name) => name is "Crds/applications.yaml";

    private static IEnumerable<string> Embedded(Func<string, bool> isWanted)
    {
        var assembly = typeof(CustomResources).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Crds/", StringComparison.Ordinal) && isWanted(name)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static async Task<string> CreateAsync(HttpClient admin, string document)
    {
        using var content = new StringContent(document, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml"));
        using var answer = await admin.PostAsync(Path, content);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(body)!["metadata"]!["name"]!.GetValue<string>()
            : throw new InvalidOperationException(
                $"The API server refused a definition with {(int)answer.StatusCode}: {body[..Math.Min(body.Length, 2000)]}");
    }

    private static async Task<bool> IsEstablishedAsync(HttpClient admin, string name, CancellationToken cancellationToken)
    {
        var definition = JsonNode.Parse(await admin.GetStringAsync($"{Path}/{name}", cancellationToken));
        return definition?["status"]?["conditions"] is JsonArray conditions && conditions.Any(condition =>
            condition?["type"]?.GetValue<string>() == "Established" && condition["status"]?.GetValue<string>() == "True");
    }
}
