namespace Waybill.TestParts;

/// <summary>The command lines of the API server's two programs.</summary>
internal static class KubeApiServerArguments
{
    /// <summary>An etcd of one member that trades durability for speed: nothing outlives the test.</summary>
    public static IEnumerable<string> Etcd(TemporaryFolder folder, Uri address) =>
    [
        $"--data-dir={folder.Combine("etcd")}",
        "--unsafe-no-fsync",
        $"--listen-client-urls={Origin(address)}",
        $"--advertise-client-urls={Origin(address)}",
        "--listen-peer-urls=http://127.0.0.1:0",
    ];

    /// <summary>A server with RBAC and signed service-account tokens, and without what needs controllers or a network.</summary>
    public static IEnumerable<string> ApiServer(TemporaryFolder folder, Uri address, Uri etcd) =>
    [
        $"--etcd-servers={Origin(etcd)}",
        $"--bind-address={address.Host}",
        $"--advertise-address={address.Host}",
        $"--secure-port={address.Port}",
        $"--tls-cert-file={folder.Combine("serving.crt")}",
        $"--tls-private-key-file={folder.Combine("serving.key")}",
        $"--client-ca-file={folder.Combine("ca.crt")}",
        $"--token-auth-file={folder.Combine("tokens.csv")}",
        "--service-account-issuer=https://kubernetes.default.svc",
        $"--service-account-key-file={folder.Combine("accounts.key")}",
        $"--service-account-signing-key-file={folder.Combine("accounts.key")}",
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.0.0.0/24",
        "--disable-admission-plugins=ServiceAccount",
        "--endpoint-reconciler-type=none",
        $"--cert-dir={folder.Combine("certificates")}",
    ];

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
