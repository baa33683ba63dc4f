namespace Waybill.Engine.Ports;

/// <summary>Secrets by reference. Values are never stored and never logged.</summary>
public interface ISecretSource
{
    /// <summary>The keys and values of a named secret of a project, or null when there is none.</summary>
    Task<IReadOnlyDictionary<string, string>?> GetSecretAsync(string project, string name, CancellationToken cancellationToken);
}
