using Microsoft.Extensions.Logging;
using Waybill.Domain.ArgoCd;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;

namespace Waybill.Engine.GitOps;

/// <summary>
/// Tells Argo CD, after a push, to look at the repository now instead of at its next poll (up to three minutes later). Only a
/// courtesy: whatever goes wrong is logged, and Argo CD comes by itself.
/// </summary>
public sealed partial class ArgoCdNudge(IArgoCdClient argo, IStackClient stacks, ILogger<ArgoCdNudge> logger)
{
    /// <summary>Asks the Application that manages a Stack, if one does, to look again. Says whether it was asked.</summary>
    public async Task<bool> RefreshManagerOfAsync(StackReference stack, CancellationToken cancellationToken)
    {
        try
        {
            return await stacks.GetStackAsync(stack, cancellationToken) is { } found && await RefreshManagerOfAsync(found, cancellationToken);
        }
        catch (ClusterException error)
        {
            NotAsked(stack.ToString(), error.Message);
            return false;
        }
    }

    /// <summary>The same, for a Stack as it was just read.</summary>
    public async Task<bool> RefreshManagerOfAsync(StackSnapshot stack, CancellationToken cancellationToken) =>
        ManagingApplication.Of(stack) is { } manager && await RefreshAsync(manager.Namespace, manager.Name, cancellationToken);

    /// <summary>Asks one Application to look again. Says whether it was asked.</summary>
    public async Task<bool> RefreshAsync(string? @namespace, string application, CancellationToken cancellationToken)
    {
        try
        {
            await argo.RefreshAsync(argo.Locate(@namespace, application), hard: false, cancellationToken);
            return true;
        }
        catch (ClusterException error)
        {
            NotAsked(application, error.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Argo CD was not asked to look at {Subject} again and will notice at its next poll: {Reason}")]
    private partial void NotAsked(string subject, string reason);
}
