using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Waybill.Functions.Tests.Head;

/// <summary>local.settings.sample.json as the Functions tools hand it to the app, and what a person fills in.</summary>
internal static class SampleSettings
{
    public static IReadOnlyDictionary<string, string?> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Settings", "local.settings.sample.json")));
        return document.RootElement.GetProperty("Values").EnumerateObject()
            .ToDictionary(v => v.Name.Replace("__", ":", StringComparison.Ordinal), v => v.Value.GetString());
    }

    /// <summary>The sample with what it leaves empty filled in.</summary>
    public static Dictionary<string, string?> Filled(string folder)
    {
        var kubeconfig = Path.Combine(folder, "kubeconfig");
        File.WriteAllText(kubeconfig, """
            apiVersion: v1
            kind: Config
            current-context: dev
            clusters: [{name: dev, cluster: {server: "https://127.0.0.1:6443"}}]
            contexts: [{name: dev, context: {cluster: dev, user: dev}}]
            users: [{name: dev, user: {token: none}}]
            """);
        var pipeline = Directory.CreateDirectory(Path.Combine(folder, "pipeline"));
        File.WriteAllText(Path.Combine(pipeline.FullName, "project.yaml"), "apiVersion: kargo.akuity.io/v1alpha1\nkind: Project\nmetadata: {name: shop}\n");
        return new Dictionary<string, string?>(Read())
        {
            ["Clusters:dev:Kubeconfig"] = kubeconfig,
            ["Approvals:SigningKeys:0"] = Convert.ToBase64String(new byte[32]),
            ["Manifests:Path"] = Path.Combine(folder, "pipeline"),
        };
    }

    public static IConfiguration ToConfiguration(this IEnumerable<KeyValuePair<string, string?>> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
