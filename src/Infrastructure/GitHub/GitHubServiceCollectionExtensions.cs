using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.GitHub;

public static class GitHubServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IGitHubClient"/>, <see cref="IGitRepositoryClient"/> and <see cref="GitHubOptions"/> from the section <c>GitHub</c>, checked at start.</summary>
    public static IServiceCollection AddWaybillGitHub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GitHubOptions>().Bind(configuration.GetSection(GitHubOptions.SectionName)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GitHubOptions>, GitHubOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new OctokitCalls(provider.GetRequiredService<IOptions<GitHubOptions>>().Value, provider.GetRequiredService<TimeProvider>(), handler: null));
        services.AddSingleton<IGitHubClient>(provider => new OctokitGitHubClient(
            provider.GetRequiredService<OctokitCalls>(), provider.GetRequiredService<IOptions<GitHubOptions>>().Value));
        services.AddSingleton<IGitRepositoryClient>(provider => new OctokitRepositoryClient(
            provider.GetRequiredService<OctokitCalls>(), provider.GetRequiredService<IOptions<GitHubOptions>>().Value));
        return services;
    }
}
