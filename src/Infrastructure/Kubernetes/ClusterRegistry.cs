using System.Collections.Concurrent;
using System.Net.Http.Headers;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>The clusters that the settings name: a client for each, made when it is first asked for and kept.</summary>
public sealed class ClusterRegistry(IOptions<KubernetesOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Cluster>> _clusters = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names in the settings.</summary>
    public IEnumerable<string> Names => options.Value.Clusters.Keys;

    /// <summary>The cluster of a name; throws <see cref="ClusterException"/> when there is none or its credentials can't be had.</summary>
    public Cluster Get(string name)
    {
        if (!options.Value.Clusters.TryGetValue(name, out var settings))
        {
            throw new ClusterException(
                ClusterErrorKind.UnknownCluster,
                $"There is no cluster '{name}' in the settings (there are: {string.Join(", ", Names)}): add {KubernetesOptions.Section}:{name}:Kubeconfig.");
        }

        try
        {
            // Not cached when it fails: a credential plugin that fails now may work on the next call.
            return _clusters.GetOrAdd(name, _ => new Lazy<Cluster>(() => Connect(name, settings), LazyThreadSafetyMode.PublicationOnly)).Value;
        }
        catch (Exception ex) when (ex is KubeConfigException or IOException or System.Security.Cryptography.CryptographicException)
        {
            throw new ClusterException(
                ClusterErrorKind.Unauthorized,
                $"Cluster {name}: no credentials from {(settings.Kubeconfig is { } kubeconfig ? Kubeconfigs.NameOf(kubeconfig) : "the pod's service account")}: {ex.Message}",
                ex);
        }
    }

    public void Dispose()
    {
        foreach (var cluster in _clusters.Values.Where(c => c.IsValueCreated))
        {
            cluster.Value.Client.Dispose();
        }
    }

    private static Cluster Connect(string name, KubernetesClusterOptions settings)
    {
        var configuration = string.Equals(settings.InCluster, "true", StringComparison.OrdinalIgnoreCase)
            ? KubernetesClientConfiguration.InClusterConfig()
            : Kubeconfigs.Open(settings.Kubeconfig!, string.IsNullOrEmpty(settings.Context) ? null : settings.Context);
        configuration.UserAgent = "waybill";
        if (settings.Token is { } token)
        {
            configuration.TokenProvider = new TokenSource(token);
        }

        KubernetesOptionsValidator.TryReadTimeout(settings, out var timeout);
        return new Cluster(name, new k8s.Kubernetes(configuration, new WholeAnswers()), timeout);
    }

    private sealed class TokenSource(Func<CancellationToken, Task<string>> token) : ITokenProvider
    {
        public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
        {
            try
            {
                return new("Bearer", await token(cancellationToken));
            }
            catch (Exception ex) when (ex is not OperationCanceledException)
            {
                // Whatever library it comes from: to the caller it means that there are no credentials.
                throw new KubeConfigException(ex.Message, ex);
            }
        }
    }
}

/// <summary>A cluster one can call.</summary>
/// <param name="Name">Its name in the settings.</param>
/// <param name="Client">The client, with the credentials that the settings name. Not for watches: it reads each answer whole.</param>
/// <param name="Timeout">How long one call may take.</param>
public sealed record Cluster(string Name, IKubernetes Client, TimeSpan Timeout);
