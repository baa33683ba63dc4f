using Waybill.Manifests.Reading;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Documents;

/// <summary>Recognises Kargo's credentials. Looks at metadata only: a secret's values never get further than the YAML parser.</summary>
internal static class SecretReader
{
    private const string CredentialLabel = "kargo.akuity.io/cred-type";

    public static void Report(Cursor kind, MapReader fields)
    {
        var metadata = fields.Take("metadata")?.Node;
        if ((Find(Find(metadata, "labels"), CredentialLabel) as ScalarNode)?.Text is { } credential && credential != "generic")
        {
            kind.Notice("Waybill takes credentials from its settings, not from manifests: this Secret is not read; remove it, and change the credential if it is real");
        }
        else
        {
            kind.Error($"kind Secret is not supported: what secret() reads is in Waybill's settings ({Setting(metadata)}); remove the document, and change the secret if it is real");
        }
    }

    private static string Setting(Node? metadata) =>
        $"Secrets__{Text(metadata, "namespace") ?? "PROJECT"}__{Text(metadata, "name") ?? "NAME"}__KEY";

    private static string? Text(Node? metadata, string key) =>
        Find(metadata, key) is ScalarNode { Text: { Length: > 0 and < 100 } text } ? text : null;

    private static Node? Find(Node? node, string key) =>
        (node as MappingNode)?.Entries.Where(e => e.Key.Text == key).Select(e => e.Value).FirstOrDefault();
}
