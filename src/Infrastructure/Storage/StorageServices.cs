using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>Registers the store that the settings name.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IRowStore"/> by the settings below <c>Storage:</c>. A host that starts with wrong ones stops with an
    /// <see cref="OptionsValidationException"/> that lists all that is wrong.
    /// </summary>
    public static IServiceCollection AddWaybillStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(StorageOptions.Section);
        services.AddOptions<StorageOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>>(new StorageOptionsValidator(section));
        return services.AddSingleton(provider => Create(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
    }

    private static IRowStore Create(StorageOptions options) => string.IsNullOrWhiteSpace(options.SqlitePath)
        ? new AzureTableRowStore(AzureTableClients.Create(options.ToAzureTable()))
        : new SqliteRowStore(new SqliteOptions(options.SqlitePath));
}
