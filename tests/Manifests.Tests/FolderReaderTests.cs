namespace Waybill.Manifests.Tests;

public sealed class FolderReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Yaml_files_of_subfolders_count_and_others_do_not()
    {
        _folder.Write("project.yml", Yaml.Project);
        _folder.Write("sub/warehouse.yaml", Yaml.Warehouse);
        _folder.Write("README.md", "# not YAML: {");
        _folder.Write(".hidden/x.yaml", "not: [good");

        var result = ManifestLoader.Load(_folder.Path);

        Assert.Empty(result.Errors);
        Assert.Single(Assert.Single(result.Pipelines).Warehouses);
    }

    [Fact]
    public void Problems_name_files_within_the_folder()
    {
        _folder.Write("sub/x.yaml", "kind: Stage");

        var result = ManifestLoader.Load(_folder.Path);

        Assert.Equal("sub/x.yaml:1:1: apiVersion is required", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        var result = ManifestLoader.Load(_folder.At("nowhere"));

        Assert.Equal($"{_folder.At("nowhere")}: there is no such folder", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void A_file_is_not_a_folder()
    {
        _folder.Write("p.yaml", Yaml.Project);

        var result = ManifestLoader.Load(_folder.At("p.yaml"));

        Assert.Equal($"{_folder.At("p.yaml")}: is a file: give the folder it is in", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void An_empty_folder_is_an_error()
    {
        var result = ManifestLoader.Load(_folder.Path);

        Assert.Equal($"{_folder.Path}: holds no .yaml or .yml file", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Links_in_a_circle_are_reported_and_end()
    {
        _folder.Write("sub/p.yaml", Yaml.Project);
        Directory.CreateSymbolicLink(_folder.At("sub/again"), _folder.Path);
        File.CreateSymbolicLink(_folder.At("self.yaml"), _folder.At("self.yaml"));

        var result = ManifestLoader.Load(_folder.Path);

        Assert.Equal(["self.yaml", "sub/again"], result.Errors.Select(e => e.File));
        Assert.All(result.Errors, e => Assert.Contains("symbolic link", e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mounted_ConfigMap_is_read_through_its_links()
    {
        _folder.Write("..2026_08_21/p.yaml", Yaml.Project);
        Directory.CreateSymbolicLink(_folder.At("..data"), _folder.At("..2026_08_21"));
        File.CreateSymbolicLink(_folder.At("p.yaml"), _folder.At("..data/p.yaml"));

        var result = ManifestLoader.Load(_folder.Path);

        Assert.Empty(result.Errors);
        Assert.Single(result.Pipelines);
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read_to_its_end()
    {
        _folder.Write("big.yaml", new string('#', ManifestLimits.MaxFileBytes + 100));

        var result = ManifestLoader.Load(_folder.Path);

        Assert.Equal("big.yaml: larger than 1024 KiB: split the file", Assert.Single(result.Errors).ToString());
    }

    public void Dispose() => _folder.Dispose();
}
