namespace Waybill.Engine.Ports;

/// <summary>Secrets by reference. Values are never stored and never logged.</summary>
public interface ISecretSource
{
    /// <summary>The keys and values of a named secret of a project, or null when there is none.</summary>
    /// <exception cref="SecretUnavailableException">There is one, and its value can't be had at the moment.</exception>
    Task<IReadOnlyDictionary<string, string>?> GetSecretAsync(string project, string name, CancellationToken cancellationToken);
}

/// <summary>A secret is there and its value can't be had; the message names the setting, never a value.</summary>
public sealed class SecretUnavailableException(string message) : Exception(message);
