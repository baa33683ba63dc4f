using System.Security.Cryptography;
using Waybill.Local.SignIn;

namespace Waybill.Local.Starting;

/// <summary>What the command line says.</summary>
/// <param name="Manifests">The folder of the pipelines' manifests; null for the sample pipeline in a simulated world.</param>
/// <param name="Port">The loopback port.</param>
/// <param name="Data">The folder for the database, keys and tokens.</param>
/// <param name="Settings">Everything else, as settings (<c>--GitHub:Token …</c>).</param>
public sealed record LocalSettings(string? Manifests, int Port, string Data, IReadOnlyList<string> Settings)
{
    public const int DefaultPort = 7080;

    public const string DefaultData = ".waybill";

    public bool IsSimulated => Manifests is null;

    public Uri Url => new($"http://localhost:{Port}/");

    /// <summary>The folder in use: a simulated world keeps its own, so that nothing of it is ever taken for real.</summary>
    public string Folder => Path.GetFullPath(IsSimulated ? Path.Combine(Data, "simulated") : Data);

    /// <summary>What holds unless the settings say otherwise.</summary>
    public Dictionary<string, string?> Defaults(IConfiguration given)
    {
        Directory.CreateDirectory(Folder);
        var storesElsewhere = given["Storage:ConnectionString"] is not null || given["Storage:ServiceUri"] is not null;
        var defaults = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft"] = "Warning",
            ["Logging:LogLevel:System.Net.Http"] = "Warning",
            ["Approvals:PublicUrl"] = Url.ToString(),
            ["Approvals:SigningKeys:0"] = SecretFile.ReadOrCreate(
                Path.Combine(Folder, "signing.key"), () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
        };
        if (!storesElsewhere)
        {
            defaults["Storage:SqlitePath"] = Path.Combine(Folder, "waybill.db");
        }

        return defaults;
    }
}
