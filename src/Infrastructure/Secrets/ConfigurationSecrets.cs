using Microsoft.Extensions.Configuration;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Secrets;

/// <summary>
/// Secrets in the app's settings, <c>Secrets__PROJECT__NAME__KEY</c>. In Azure these are Key Vault references, which the platform
/// replaces by the values before the app sees them.
/// </summary>
internal sealed class ConfigurationSecrets(IConfiguration configuration) : ISecretSource
{
    private const string Section = "Secrets";
    private const string KeyVaultReference = "@Microsoft.KeyVault(";

    public Task<IReadOnlyDictionary<string, string>?> GetSecretAsync(string project, string name, CancellationToken cancellationToken)
    {
        if (NamedSettings.Read(configuration, Section, project, name) is not { } values)
        {
            return Task.FromResult<IReadOnlyDictionary<string, string>?>(null);
        }

        return values.FirstOrDefault(v => v.Value.StartsWith(KeyVaultReference, StringComparison.OrdinalIgnoreCase)).Key is { } key
            ? throw new SecretUnavailableException(
                $"The setting {Section}__{project}__{name}__{key} is a Key Vault reference that Azure could not resolve: "
                + "check the vault's address in it, and that the app's identity may read the vault's secrets.")
            : Task.FromResult<IReadOnlyDictionary<string, string>?>(new SettingValues(values));
    }
}
