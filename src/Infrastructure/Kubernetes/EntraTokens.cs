using Azure.Core;
using Azure.Identity;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>Tokens that AKS takes of this process's Azure identity. The credential keeps them until shortly before they expire.</summary>
internal static class EntraTokens
{
    /// <summary>The application that stands for every AKS API server in Entra.</summary>
    private static readonly TokenRequestContext Aks = new(["6dae42f8-4368-4678-94ff-3960e28e3630/.default"]);

    private static readonly Lazy<TokenCredential> Credential = new(() => new DefaultAzureCredential());

    public static async Task<string> GetAsync(CancellationToken cancellationToken) =>
        (await Credential.Value.GetTokenAsync(Aks, cancellationToken)).Token;
}
