using System.Text;
using k8s;
using k8s.KubeConfigModels;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>Reads kubeconfigs, which the settings give as a path or as text.</summary>
internal static class Kubeconfigs
{
    /// <summary>Whether a setting is a kubeconfig itself: YAML has several lines, JSON a brace; paths have neither.</summary>
    public static bool IsText(string setting) => setting.Contains('\n', StringComparison.Ordinal) || setting.TrimStart().StartsWith('{');

    /// <summary>What to call it in messages, which must not repeat a text that holds credentials.</summary>
    public static string NameOf(string setting) => IsText(setting) ? "the text that it is set to" : Path.GetFullPath(setting);

    /// <summary>Throws all kinds of exceptions when it is none.</summary>
    public static K8SConfiguration? Load(string setting)
    {
        if (!IsText(setting))
        {
            return KubernetesClientConfiguration.LoadKubeConfig(new FileInfo(setting));
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(setting));
        return KubernetesClientConfiguration.LoadKubeConfig(stream);
    }

    /// <summary>A file's own certificates and keys may be files beside it; a text's can't.</summary>
    public static KubernetesClientConfiguration Open(string setting, string? context) => IsText(setting)
        ? KubernetesClientConfiguration.BuildConfigFromConfigObject(Load(setting), context)
        : KubernetesClientConfiguration.BuildConfigFromConfigFile(setting, context);
}
