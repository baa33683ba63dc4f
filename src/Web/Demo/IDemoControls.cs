namespace Waybill.Web.Demo;

/// <summary>What a simulated world lets people do on the dashboard. Registered only by a head that has such a world.</summary>
public interface IDemoControls
{
    /// <summary>The project whose page shows the controls.</summary>
    string Project { get; }

    /// <summary>Commits to the simulated repository and pushes, as a developer would.</summary>
    /// <param name="failing">Whether <c>pulumi up</c> is to fail with the commit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PushAsync(bool failing, CancellationToken cancellationToken);
}
