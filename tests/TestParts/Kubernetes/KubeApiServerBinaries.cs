namespace Waybill.TestParts;

/// <summary>Where the API server's two programs are, by controller-runtime's envtest convention.</summary>
internal sealed record KubeApiServerBinaries(string ApiServer, string Etcd)
{
    private const string Folder = "KUBEBUILDER_ASSETS";

    public const string Missing =
        "no kube-apiserver: neither TEST_ASSET_KUBE_APISERVER and TEST_ASSET_ETCD nor KUBEBUILDER_ASSETS is set "
        + "(./verify builds it where it can)";

    /// <summary>The programs that the environment names, or null where it names none.</summary>
    public static KubeApiServerBinaries? TryFind()
    {
        var apiServer = Find("TEST_ASSET_KUBE_APISERVER", "kube-apiserver");
        var etcd = Find("TEST_ASSET_ETCD", "etcd");
        return apiServer is null || etcd is null ? null : new KubeApiServerBinaries(apiServer, etcd);
    }

    private static string? Find(string variable, string name)
    {
        if (NamedPath.FromEnvironment(variable) is { } named)
        {
            return named;
        }

        return NamedPath.FromEnvironment(Folder) is { } folder && Path.Combine(folder, name) is var path && File.Exists(path)
            ? path
            : null;
    }
}
