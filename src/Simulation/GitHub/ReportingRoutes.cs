using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.GitHub;

/// <summary>The endpoints of commit statuses and deployments.</summary>
internal static class ReportingRoutes
{
    private const int DescriptionLimit = 140;

    private static readonly string[] StatusStates = ["error", "failure", "pending", "success"];
    private static readonly string[] DeploymentStates = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

    public static GitHubReply ListDeployments(SimulatedRepository repository, IQueryCollection query, string api) => GitHubReply.Ok(new JsonArray(
    [
        .. repository.Deployments.Reverse()
            .Where(d => Selects(query, "sha", d.Sha) && Selects(query, "environment", d.Environment) && Selects(query, "task", d.Task))
            .Select(d => Deployment(repository, d, api)),
    ]));

    /// <summary>Null for what is neither.</summary>
    public static GitHubReply? Change(SimulatedRepository repository, string method, string path, JsonObject body, string api) =>
        (method, path.Split('/')) switch
        {
            ("POST", ["statuses", var sha]) => SetStatus(repository, sha, body, api),
            ("POST", ["deployments"]) => CreateDeployment(repository, body, api),
            ("POST", ["deployments", var id, "statuses"]) when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                UpdateDeployment(repository, number, body, api),
            _ => null,
        };

    private static GitHubReply SetStatus(SimulatedRepository repository, string sha, JsonObject body, string api)
    {
        if (repository.Find(sha) is null)
        {
            return Invalid($"No commit found for SHA: {sha}");
        }

        if (WhyInvalid(body, StatusStates) is { } problem)
        {
            return Invalid(problem);
        }

        var status = repository.AddStatus((id, now) => new SimulatedStatus(
            id, sha, Text(body, "state")!, Text(body, "context") ?? "default", now)
        {
            Description = Text(body, "description"),
            TargetUrl = Text(body, "target_url"),
        });
        return status is null
            ? Invalid($"This SHA and context has reached the maximum number of statuses ({SimulatedStatus.Limit})")
            : new GitHubReply(StatusCodes.Status201Created, Status(repository, status, api));
    }

    private static GitHubReply CreateDeployment(SimulatedRepository repository, JsonObject body, string api)
    {
        if (repository.Resolve(Text(body, "ref") ?? "") is not { } commit)
        {
            return Invalid($"No ref found for: {Text(body, "ref")}");
        }

        if (body["auto_merge"]?.GetValue<bool>() is not false || body["required_contexts"] is not JsonArray { Count: 0 })
        {
            return GitHubReply.Error(StatusCodes.Status409Conflict, "Conflict: Commit status checks failed for the ref.");
        }

        var created = repository.AddDeployment((id, now) => new SimulatedDeployment(
            id, commit.Sha, Text(body, "task") ?? "deploy", Text(body, "environment") ?? "production", Text(body, "payload") ?? "", now)
        {
            Description = Text(body, "description"),
        });
        return new GitHubReply(StatusCodes.Status201Created, Deployment(repository, created, api));
    }

    private static GitHubReply UpdateDeployment(SimulatedRepository repository, long id, JsonObject body, string api)
    {
        if (WhyInvalid(body, DeploymentStates) is { } problem)
        {
            return Invalid(problem);
        }

        return repository.UpdateDeployment(id, (number, now) => new SimulatedDeploymentStatus(
                number, Text(body, "state")!, Text(body, "description") ?? "", Text(body, "log_url"), now)) is { } updated
            ? new GitHubReply(StatusCodes.Status201Created, DeploymentStatus(repository, updated, api))
            : GitHubReply.NotFound;
    }

    private static string? WhyInvalid(JsonObject body, string[] states) => body switch
    {
        _ when !states.Contains(Text(body, "state")) => "Validation Failed: state is not included in the list",
        _ when Text(body, "description")?.Length > DescriptionLimit => $"Validation Failed: description is too long (maximum is {DescriptionLimit} characters)",
        _ => null,
    };

    private static JsonObject Status(SimulatedRepository repository, SimulatedStatus status, string api) => new()
    {
        ["url"] = $"{RepositoryShapes.UrlOf(repository, api)}/statuses/{status.Sha}",
        ["avatar_url"] = "https://avatars.githubusercontent.com/in/1?v=4",
        ["id"] = status.Id,
        ["node_id"] = RepositoryShapes.NodeId("SC", $"{status.Id}"),
        ["state"] = status.State,
        ["description"] = status.Description,
        ["target_url"] = status.TargetUrl,
        ["context"] = status.Context,
        ["created_at"] = Moment(status.At),
        ["updated_at"] = Moment(status.At),
        ["creator"] = RepositoryShapes.User("waybill-app", api),
    };

    private static JsonObject Deployment(SimulatedRepository repository, SimulatedDeployment deployment, string api)
    {
        var url = RepositoryShapes.UrlOf(repository, api);
        return new()
        {
            ["url"] = $"{url}/deployments/{deployment.Id}",
            ["id"] = deployment.Id,
            ["node_id"] = RepositoryShapes.NodeId("DE", $"{deployment.Id}"),
            ["sha"] = deployment.Sha,
            ["ref"] = deployment.Sha,
            ["task"] = deployment.Task,
            ["payload"] = deployment.Payload,
            ["original_environment"] = deployment.Environment,
            ["environment"] = deployment.Environment,
            ["description"] = deployment.Description,
            ["creator"] = RepositoryShapes.User("waybill-app", api),
            ["created_at"] = Moment(deployment.At),
            ["updated_at"] = Moment(deployment.History.Select(h => h.At).DefaultIfEmpty(deployment.At).Last()),
            ["statuses_url"] = $"{url}/deployments/{deployment.Id}/statuses",
            ["repository_url"] = url,
            ["transient_environment"] = false,
            ["production_environment"] = deployment.Environment == "production",
        };
    }

    private static JsonObject DeploymentStatus(SimulatedRepository repository, SimulatedDeployment deployment, string api)
    {
        var (url, status) = (RepositoryShapes.UrlOf(repository, api), deployment.History[^1]);
        return new()
        {
            ["url"] = $"{url}/deployments/{deployment.Id}/statuses/{status.Id}",
            ["id"] = status.Id,
            ["node_id"] = RepositoryShapes.NodeId("DES", $"{status.Id}"),
            ["state"] = status.State,
            ["creator"] = RepositoryShapes.User("waybill-app", api),
            ["description"] = status.Description,
            ["environment"] = deployment.Environment,
            ["target_url"] = status.LogUrl ?? "",
            ["created_at"] = Moment(status.At),
            ["updated_at"] = Moment(status.At),
            ["deployment_url"] = $"{url}/deployments/{deployment.Id}",
            ["repository_url"] = url,
            ["log_url"] = status.LogUrl ?? "",
        };
    }

    private static bool Selects(IQueryCollection query, string name, string value) =>
        query[name].ToString() is not { Length: > 0 } wanted || wanted == "none" || wanted == value;

    private static GitHubReply Invalid(string message) => GitHubReply.Error(StatusCodes.Status422UnprocessableEntity, message);

    private static string? Text(JsonObject body, string name) => (body[name] as JsonValue)?.TryGetValue<string>(out var text) is true ? text : null;

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
