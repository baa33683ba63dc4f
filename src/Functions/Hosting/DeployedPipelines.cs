using Microsoft.Extensions.Options;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Manifests;

namespace Waybill.Functions.Hosting;

/// <summary>Settings of the manifests, under <c>Manifests</c>.</summary>
public sealed class ManifestOptions
{
    public const string Section = "Manifests";

    /// <summary>The folder with the pipelines' manifests, deployed with the app; relative to the app's own folder.</summary>
    public string Path { get; set; } = "pipeline";

    internal string FullPath => System.IO.Path.GetFullPath(Path, AppContext.BaseDirectory);
}

/// <summary>Reads all manifests at start and reports everything that is wrong with them: an app with broken ones does not begin to serve.</summary>
internal sealed class ManifestOptionsValidator : IValidateOptions<ManifestOptions>
{
    public ValidateOptionsResult Validate(string? name, ManifestOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Path) || !Directory.Exists(options.FullPath))
        {
            return ValidateOptionsResult.Fail($"Manifests:Path is \"{options.Path}\", and there is no folder {options.FullPath}: deploy the manifests with the app and point Manifests:Path at them.");
        }

        var loaded = ManifestLoader.Load(options.FullPath);
        return loaded.Succeeded ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(loaded.Errors.Select(e => e.ToString()));
    }
}

/// <summary>The pipelines that were deployed with the app. They change with the next deployment, so they are read once.</summary>
internal sealed class DeployedPipelines(IOptions<ManifestOptions> options) : IPipelineSource
{
    public IReadOnlyDictionary<string, Pipeline> Pipelines { get; } =
        ManifestLoader.Load(options.Value.FullPath).Pipelines.ToDictionary(p => p.Project);

    public IReadOnlyList<string> Problems => [];
}
