using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.WorkTrees;
using Waybill.Engine.WorkTrees.Editing;
using Waybill.Engine.WorkTrees.Editing.Json;
using Waybill.Engine.WorkTrees.Editing.Toml;
using Waybill.Engine.WorkTrees.Editing.Yaml;
using Waybill.Expressions;

namespace Waybill.Engine.Steps.Files;

/// <summary>The steps that read and change files, and the editors that make their changes.</summary>
public static class FileSteps
{
    public static IReadOnlyList<IFileFormat> Formats { get; } = [new YamlFormat(), new JsonFormat(), new TomlFormat()];

    public static IReadOnlyList<IFileEditor> Editors { get; } = [.. Formats.Select(f => new UpdateEditor(f)), new YamlMergeEditor()];

    public static IServiceCollection AddFileSteps(this IServiceCollection services)
    {
        foreach (var editor in Editors)
        {
            services.AddSingleton(editor);
        }

        foreach (var format in Formats)
        {
            services
                .AddSingleton<IPromotionStep>(provider => new FileUpdateStep(format, provider.GetRequiredService<IWorkTrees>()))
                .AddSingleton<IPromotionStep>(provider => new FileParseStep(
                    format, provider.GetRequiredService<IWorkTrees>(), provider.GetRequiredService<ExpressionCache>()));
        }

        return services.AddSingleton<IPromotionStep, YamlMergeStep>();
    }
}
