using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.Storage;

namespace Waybill.Infrastructure.Tests.Storage;

public sealed class StorageServicesTests
{
    private const string Secret = "c2VjcmV0LWtleQ==";

    [Theory]
    [InlineData("Storage:SqlitePath", "waybill.db", typeof(SqliteRowStore))]
    [InlineData("Storage:ConnectionString", "UseDevelopmentStorage=true", typeof(AzureTableRowStore))]
    [InlineData("Storage:ConnectionString", "AccountName=a;AccountKey=" + Secret, typeof(AzureTableRowStore))]
    [InlineData("Storage:ServiceUri", "https://account.table.core.windows.net", typeof(AzureTableRowStore))]
    public async Task The_setting_that_is_there_chooses_the_store(string key, string value, Type expected)
    {
        await using var provider = Provider((key, value));

        var store = provider.GetRequiredService<IRowStore>();

        Assert.IsType(expected, store);
        Assert.Same(store, provider.GetRequiredService<IRowStore>());
    }

    [Theory]
    [InlineData("Storage:SqlitePath", "", "Set one of Storage:ConnectionString, Storage:ServiceUri, Storage:SqlitePath")]
    [InlineData("Storage:SqlitePath", ":memory:", "Storage:SqlitePath ':memory:' is not the path of a file")]
    [InlineData("Storage:SqlitePath", ".", "Storage:SqlitePath '.' is a folder")]
    [InlineData("Storage:ConnectionString", "nonsense", "Storage:ConnectionString is not an Azure Storage connection string")]
    [InlineData("Storage:ConnectionString", "AccountKey=" + Secret, "Storage:ConnectionString is not an Azure Storage connection string")]
    [InlineData("Storage:ServiceUri", "account", "Storage:ServiceUri 'account' is not an https address")]
    [InlineData("Storage:ServiceUri", "http://account.table.core.windows.net", "is not an https address")]
    [InlineData("Storage:TableName", "way-bill", "Storage:TableName 'way-bill' is not a table's name")]
    [InlineData("Storage:SqlLitePath", "waybill.db", "Storage:SqlLitePath is no setting")]
    public void A_wrong_setting_is_named_with_its_remedy(string key, string value, string says)
    {
        using var provider = Provider((key, value));

        var error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IRowStore>);

        Assert.Contains(error.Failures, failure => failure.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_settings_are_reported_together()
    {
        using var provider = Provider(
            ("Storage:ConnectionString", "nonsense"), ("Storage:ServiceUri", "nonsense"), ("Storage:TableName", "1"), ("Storage:Typo", "x"));

        var error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IRowStore>);

        Assert.Equal(5, error.Failures.Count());
        Assert.Contains(
            "Storage:ConnectionString and Storage:ServiceUri each name a storage. Keep one of them.", error.Failures);
    }

    private static ServiceProvider Provider(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build();
        return new ServiceCollection().AddWaybillStorage(configuration).BuildServiceProvider();
    }
}
