using Microsoft.Extensions.Time.Testing;

namespace Waybill.Manifests.Tests;

public sealed class ManifestFolderTests : IDisposable
{
    private static readonly ManifestFolderOptions Options = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_folder_is_loaded_at_once()
    {
        _folder.Write("p.yaml", Yaml.Project);

        using var manifests = new ManifestFolder(_folder.Path, _time);

        Assert.Equal(["demo"], manifests.Current.Keys);
        Assert.Empty(manifests.Problems);
    }

    [Fact]
    public void A_change_is_found_by_looking_now_and_then()
    {
        _folder.Write("p.yaml", Yaml.Project);
        using var manifests = new ManifestFolder(_folder.Path, _time);
        var changes = 0;
        manifests.Changed += (_, _) => changes++;
        _folder.Write("p.yaml", Yaml.Join(Yaml.Project, Yaml.Warehouse));

        _time.Advance(Options.CheckEvery);
        _time.Advance(Options.CheckEvery);

        Assert.Single(manifests.Current["demo"].Warehouses);
        Assert.Equal(1, changes);
    }

    [Fact]
    public void A_broken_reload_keeps_the_last_good_pipelines()
    {
        _folder.Write("p.yaml", Yaml.Join(Yaml.Project, Yaml.Warehouse));
        using var manifests = new ManifestFolder(_folder.Path, _time);
        var before = manifests.Current;

        _folder.Write("p.yaml", Yaml.Join(Yaml.Project, "nonsense"));
        manifests.Reload();

        Assert.Same(before, manifests.Current);
        Assert.Equal("p.yaml:5:1: expected a mapping, got text", Assert.Single(manifests.Problems).ToString());

        _folder.Write("p.yaml", Yaml.Project);
        manifests.Reload();

        Assert.Empty(manifests.Problems);
        Assert.Empty(manifests.Current["demo"].Warehouses);
    }

    [Fact]
    public void A_folder_that_vanishes_is_a_broken_reload()
    {
        _folder.Write("sub/p.yaml", Yaml.Project);
        using var manifests = new ManifestFolder(_folder.At("sub"), _time);

        Directory.Delete(_folder.At("sub"), recursive: true);
        manifests.Reload();

        Assert.Single(manifests.Current);
        Assert.Equal("there is no such folder", Assert.Single(manifests.Problems).Message);
    }

    [Fact]
    public void A_folder_may_appear_later()
    {
        using var manifests = new ManifestFolder(_folder.At("later"), _time);
        Assert.Empty(manifests.Current);
        Assert.Single(manifests.Problems);

        _folder.Write("later/p.yaml", Yaml.Project);
        _time.Advance(Options.CheckEvery);

        Assert.Single(manifests.Current);
        Assert.Empty(manifests.Problems);
    }

    [Fact]
    public async Task A_notified_change_is_loaded_once_things_are_quiet()
    {
        _folder.Write("p.yaml", Yaml.Project);
        using var manifests = new ManifestFolder(
            _folder.Path, TimeProvider.System, new() { Debounce = TimeSpan.FromMilliseconds(50), CheckEvery = TimeSpan.FromHours(1) });
        var changed = new TaskCompletionSource();
        manifests.Changed += (_, _) => changed.TrySetResult();

        _folder.Write("w.yaml", Yaml.Warehouse);
        await changed.Task.WaitAsync(Patience);

        Assert.Single(manifests.Current["demo"].Warehouses);
    }

    public void Dispose() => _folder.Dispose();
}
