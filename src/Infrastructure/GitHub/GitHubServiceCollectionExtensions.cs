using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;
using Waybill.Engine.Reporting;

namespace Waybill.Infrastructure.GitHub;

public static class GitHubServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IGitHubClient"/>, <see cref="IGitRepositoryClient"/>, <see cref="IPullRequestClient"/> and <see cref="GitHubOptions"/> from the section <c>GitHub</c>, checked at start.</summary>
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
        services.AddSingleton<IPullRequestClient>(provider => new OctokitPullRequestClient(
            provider.GetRequiredService<OctokitCalls>(), provider.GetRequiredService<IOptions<GitHubOptions>>().Value));
        services.AddSingleton<IGitHubReporter>(provider => new OctokitReporter(
            provider.GetRequiredService<OctokitCalls>(), provider.GetRequiredService<IOptions<GitHubOptions>>().Value));
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<GitHubOptions>>().Value;
            return new ReportingOptions(options.ReportStatuses, options.ReportDeployments);
        });
        return services;
    }
}
