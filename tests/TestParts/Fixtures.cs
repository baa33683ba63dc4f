using Xunit;

namespace Waybill.TestParts;

/// <summary>
/// One API server for all the tests of an assembly, which declares the collection once:
/// <code>
/// [CollectionDefinition(nameof(KubeApiServer))]
/// public sealed class KubeApiServerCollection : ICollectionFixture&lt;KubeApiServerFixture&gt;;
/// </code>
/// </summary>
public sealed class KubeApiServerFixture : IAsyncLifetime
{
    private KubeApiServer? _server;

    /// <summary>The server; where there is none, this skips the test that asks, with the reason.</summary>
    public KubeApiServer Server => _server ?? throw new SkipException(KubeApiServer.SkipReason ?? "not started");

    /// <inheritdoc/>
    public async Task InitializeAsync() => _server = await KubeApiServer.TryStartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
}

/// <summary>One table service for all the tests of a class or collection.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite? _azurite;

    /// <summary>The service; where there is none, this skips the test that asks, with the reason.</summary>
    public Azurite Azurite => _azurite ?? throw new SkipException(Azurite.SkipReason ?? "not started");

    /// <inheritdoc/>
    public async Task InitializeAsync() => _azurite = await Azurite.TryStartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await (_azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
}
