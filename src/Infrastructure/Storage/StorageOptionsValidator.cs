using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Waybill.Infrastructure.Storage;

/// <summary>Finds everything that is wrong with the storage settings, each with its key and remedy.</summary>
internal sealed partial class StorageOptionsValidator(IConfigurationSection section) : IValidateOptions<StorageOptions>
{
    private static readonly string[] Places =
        [nameof(StorageOptions.ConnectionString), nameof(StorageOptions.ServiceUri), nameof(StorageOptions.SqlitePath)];

    private static readonly string[] Known = [.. Places, nameof(StorageOptions.TableName)];

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        string?[] problems =
        [
            .. UnknownKeys(), Place(options), ConnectionString(options.ConnectionString), ServiceUri(options.ServiceUri),
            SqlitePath(options.SqlitePath), TableName(options.TableName),
        ];
        var found = problems.OfType<string>().ToArray();
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private IEnumerable<string> UnknownKeys() => section.GetChildren()
        .Where(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
        .Select(child => $"{child.Path} is no setting. Settings there are: {string.Join(", ", Known)}.");

    private static string? Place(StorageOptions options)
    {
        string?[] values = [options.ConnectionString, options.ServiceUri, options.SqlitePath];
        var given = Places.Zip(values).Where(pair => !string.IsNullOrWhiteSpace(pair.Second)).Select(pair => Key(pair.First)).ToArray();
        return given.Length switch
        {
            0 => $"No storage is set. Set one of {string.Join(", ", Places.Select(Key))}.",
            1 => null,
            _ => $"{string.Join(" and ", given)} each name a storage. Keep one of them.",
        };
    }

    // The value holds the account's key: the problem must not repeat it, so neither does it carry the SDK's own words.
    private static string? ConnectionString(string? text)
    {
        try
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                AzureTableClients.Create(new AzureTableOptions { ConnectionString = text });
            }

            return null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException)
        {
            return $"{Key(nameof(ConnectionString))} is not an Azure Storage connection string. Copy it from the account's page 'Access keys'.";
        }
    }

    private static string? ServiceUri(string? text) =>
        string.IsNullOrWhiteSpace(text) || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
            ? null
            : $"{Key(nameof(ServiceUri))} '{text}' is not an https address. Set https://ACCOUNT.table.core.windows.net.";

    private static string? SqlitePath(string? path) => path switch
    {
        null or "" => null,
        _ when string.IsNullOrWhiteSpace(path) || path.Contains('\0') || path.Contains(":memory:", StringComparison.OrdinalIgnoreCase) =>
            $"{Key(nameof(SqlitePath))} '{path}' is not the path of a file. Set one, such as data/waybill.db.",
        _ when Directory.Exists(path) => $"{Key(nameof(SqlitePath))} '{path}' is a folder. Set a file in it, such as {Path.Combine(path, "waybill.db")}.",
        _ => null,
    };

    private static string? TableName(string? name) => name is not null && AzureTableName().IsMatch(name)
        ? null
        : $"{Key(nameof(TableName))} '{name}' is not a table's name. Use 3 to 63 letters and digits, a letter first.";

    private static string Key(string name) => $"{StorageOptions.Section}:{name}";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}\\z")]
    private static partial Regex AzureTableName();
}
