using Waybill.Manifests.Reading;
using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Documents;

/// <summary>Recognises Kargo's credentials. Looks at labels only: a secret's values never get further than the YAML parser.</summary>
internal static class SecretReader
{
    private const string CredentialLabel = "kargo.akuity.io/cred-type";

    public static void Report(Cursor kind, MapReader fields)
    {
        if (HasCredentialLabel(fields.Take("metadata")))
        {
            kind.Notice("Waybill takes credentials from its settings, not from manifests: this Secret is not read; remove it, and change the credential if it is real");
        }
        else
        {
            kind.Error("kind Secret is not supported: secrets are in Waybill's settings; remove the document, and change the secret if it is real");
        }
    }

    private static bool HasCredentialLabel(Cursor? metadata) =>
        Find(metadata?.Node, "labels") is { } labels && Find(labels, CredentialLabel) is not null;

    private static Node? Find(Node? node, string key) =>
        (node as MappingNode)?.Entries.Where(e => e.Key.Text == key).Select(e => e.Value).FirstOrDefault();
}
